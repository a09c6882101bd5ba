# SPDX-License-Identifier: GPL-3.0-or-later
# A repository changes its key: rotate signs the packages anew, albs-release publishes them as one new tree, in one
# step and only with a waiver, and the way back stays open. Packages that albs-build did not make are published, too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
old=$(make_key old)
new=$(make_key new)
make_ledger
gpg --batch --armor --export "$old" >old.asc 2>"$err"
gpg --batch --armor --export "$new" >new.asc 2>"$err"
key=$old
signed_package hello 1.0 hello.json
expect 0 albs-release -q --to tree --key "$old" -o released.json hello.json
cat >advisory.json <<END
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "security", "severity": "Important", "title": "hello",
 "description": "d", "issued": "2026-02-01T10:20:30Z", "references": [], "packages": ["hello"],
 "reboot_suggested": false}
END
expect 0 albs-release errata --to tree --key "$old" advisory.json
before=$(readlink tree)
expect 0 albs-sign rotate -q --key "$new" --cert old.asc --manifest released.json -o rotated.json tree
expect 0 albs-notarize -q -o recorded.json rotated.json
[ "$(jq '[.signatures[] | select(.replaces != null)] | length' recorded.json)" = 4 ] || fail 'other signatures'
# One file of one name is for ever, unless somebody says why not.
expect 1 albs-release --to tree --key "$new" --allow-key "$old" recorded.json
expect_stderr 'has it with the signature that this one replaces'
[ "$(readlink tree)" = "$before" ] || fail 'published'
expect 0 albs-release --to tree --key "$new" --allow-key "$old" --waive 'identity=the key is rotated' recorded.json
cp "$out" published.json
[ "$(readlink tree)" != "$before" ] || fail 'not published'
find -L tree -name '*.rpm' >packages
[ "$(wc -l <packages)" -ge 4 ] || fail "$(cat packages)"
xargs albs-sign verify --cert new.asc <packages >"$out" 2>"$err" || fail 'packages that the new key did not sign'
find "$before" -name '*.rpm' >packages
xargs albs-sign verify --cert old.asc <packages >"$out" 2>"$err" || fail 'the old tree changed'
[ "$(find -L tree -name '*.rpm' | wc -l)" = "$(find "$before" -name '*.rpm' | wc -l)" ] || fail 'other packages'
expect 0 albs-release check --cert new.asc tree
# The advisory names the file that is there now.
zcat "tree/$arch/os/$(grep -o 'repodata/[^"]*updateinfo.xml.gz' "tree/$arch/os/repodata/repomd.xml")" >updateinfo.xml
[ "$(grep -c '<sum ' updateinfo.xml)" = 1 ] || fail "$(cat updateinfo.xml)"
grep -q "<sum type=\"sha256\">$(sha256sum <"tree/$arch/os/Packages/h/hello-1.0-1.$arch.rpm" | cut -d' ' -f1)" \
    updateinfo.xml || fail "$(cat updateinfo.xml)"
expect_from 0 published.json albs-notarize -q
# Once more: nothing to do.
expect 0 albs-release --to tree --key "$new" --waive 'identity=the key is rotated' recorded.json
expect_stderr 'all of it was released before'
expect 0 albs-release revert tree
[ "$(readlink tree)" = "$before" ] || fail 'no way back'
# A file of that name that replaces nothing is refused as ever.
jq -c '.stages = [] | (.signatures[] | select(.replaces != null) | .replaces) = ["x/y"]' rotated.json >lie.json
expect 1 albs-release --to tree --key "$new" --allow-key "$new" --allow-key "$old" --waive notarization=x --waive identity=x lie.json
expect_stderr 'raise the release'

# Packages that no task made. What nobody tested is released with a waiver only.
build_package plain 2.0
expect 0 albs-sign sign -q --key "$new" -o plain.json built/plain-2.0/*.rpm
expect 0 albs-notarize -q -o plain.recorded.json plain.json
expect 1 albs-release --to plain --key "$new" plain.recorded.json
expect_stderr 'plain-2.0-1.*not tested'
expect 0 albs-release --to plain --key "$new" --waive test='built elsewhere' plain.recorded.json
[ "$(find -L plain -name 'plain-*.rpm' | sort -u | wc -l)" -ge 4 ] || fail "$(find -L plain)"
expect 0 albs-release check --cert new.asc plain
expect 1 albs-release --to none --key "$new" --waive test=x plain.json
expect_stderr 'is not notarized'
