# SPDX-License-Identifier: GPL-3.0-or-later
# A lock gives the same packages after the repository moved on: from the workspace without any server, or from a mirror
# that still has the bytes, wherever that is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
serve_distribution
printf '[base]\nbaseurl=%s/base\n[updates]\nbaseurl=%s/updates\n' "$files_url" "$files_url" >both.repo
expect 0 albs-build lock --repo both.repo app -o old.json
nevras old.json | grep -qx lib-2-1.noarch || fail 'lib 2 is not in the lock'

# The repository has another lib now, and the old one is only on a mirror.
mkdir "$tree/archive" && cp -r "$tree/updates"/* "$tree/archive"
rm "$tree/updates/lib-2-1.noarch.rpm"
files && package lib 4 1 && cp "$rpms"/lib-4-1.noarch.rpm "$tree/updates"
createrepo_c -q --revision 300 --general-compress-type=xz "$tree/updates"
expect 0 albs-build lock --repo both.repo app
nevras "$out" | grep -qx lib-4-1.noarch || fail 'the repository did not move on'

: >"$server_log"
expect 0 albs-build lock --repo both.repo --lock old.json
same "$out" old.json
[ ! -s "$server_log" ] || fail "somebody was asked: $(cat "$server_log")"
expect 75 albs-build lock --repo both.repo --lock old.json --workspace empty
expect_stderr "package 'lib-2-1.noarch': cannot download .*404"
expect_empty_stdout
printf '[updates]\nbaseurl=%s/updates %s/archive\n[base]\nbaseurl=%s/base\n' "$files_url" "$files_url" "$files_url" \
    >mirrored.repo
expect 0 albs-build lock --repo mirrored.repo --lock old.json --workspace empty
same "$out" old.json
# The bytes are asked for, not the name.
cp "$tree/updates/lib-4-1.noarch.rpm" "$tree/archive/lib-2-1.noarch.rpm"
expect 4 albs-build lock --repo mirrored.repo --lock old.json --workspace third
expect_stderr "package 'lib-2-1.noarch'"
jq '.packages |= map(.header = .sha256)' old.json >false.json
expect 4 albs-build lock --repo both.repo --lock false.json
expect_stderr 'its header has SHA-256'
