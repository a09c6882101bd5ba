# SPDX-License-Identifier: GPL-3.0-or-later
# Packages are what the metadata says and signed by the repository's key, or there is no lock; a broken transfer goes
# on.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
make_key mine
make_key other
serve_distribution
base="$work/server/files/base"
printf '[base]\nbaseurl=%s/base\ngpgkey=%s\nrepo_gpgcheck=0\n' "$files_url" "$work/mine.asc" >base.repo

expect 4 albs-build lock --repo base.repo bash
expect_stderr "package 'bash-2:5-2.noarch': its signature is not good"
expect_empty_stdout
sign() {
    rpmsign --define "_gpg_path $work/gpg-$1" --define "_gpg_name $2" --define '__gpg /usr/bin/gpg' --addsign "$base"/bash-*.rpm \
        >"$work/rpmsign.log" 2>&1 || fail "rpmsign: $(cat "$work/rpmsign.log")"
    createrepo_c -q "$base"
}
sign other "$other_key"
expect 4 albs-build lock --repo base.repo bash
expect_stderr 'its signature is not good'
sign mine "$mine_key"

# Cut in the middle, twice: it goes on from there.
printf 'cut 1000\ncut 1000\n' >"$base/bash-5-2.noarch.rpm.fault"
: >"$server_log"
expect 0 albs-build lock --repo base.repo bash
expect_json '.packages[0].nevra' 'bash-2:5-2.noarch'
expect_json '.packages[0].epoch' 2
expect_json '.packages[0].sha256' "$(sha256sum <"$base/bash-5-2.noarch.rpm" | cut -d' ' -f1)"
expect_json '.packages[0].header' "$(query "$base/bash-5-2.noarch.rpm" '%{sha256header}')"
[ "$(grep -c 'bash-5-2.noarch.rpm 206' "$server_log")" = 2 ] || fail "no range was asked for: $(cat "$server_log")"
cp "$out" lock.json
digest=$(jq -r '.packages[0].sha256' lock.json)
[ -f ".albs/dnf/sha256/$(printf %.2s "$digest")/$digest" ] || fail 'the package is not there by its digest'
python3 - "$ALBS_SOURCE/share/albs/buildroot.schema.json" lock.json <<'END' || fail \
    'the lock is not what its schema says'
import json, sys
try:
    import jsonschema
except ImportError:
    sys.exit(0)
schema, lock = (json.load(open(name)) for name in sys.argv[1:])
jsonschema.Draft202012Validator(schema).validate(lock)
lock["packages"][0]["sha256"] = "x"
assert list(jsonschema.Draft202012Validator(schema).iter_errors(lock))
END

# What rotted in the workspace is fetched again; other bytes than the metadata's are refused.
chmod u+w ".albs/dnf/sha256/$(printf %.2s "$digest")/$digest"
echo >>".albs/dnf/sha256/$(printf %.2s "$digest")/$digest"
expect 0 albs-build lock --repo base.repo bash
same "$out" lock.json
echo >>"$base/bash-5-2.noarch.rpm"
expect 4 albs-build lock --repo base.repo --workspace fresh bash
expect_empty_stdout
[ -z "$(find fresh/dnf/sha256 -type f)" ] || fail 'a bad package is in the workspace'
