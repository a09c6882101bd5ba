# SPDX-License-Identifier: GPL-3.0-or-later
# Two people fetch, build and test the same commit in two workspaces, from two mirrors and at two times. Nobody tampered:
# what they made is merged, recorded, signed, released and verified, whoever recorded it first and in whatever order.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"

make_signer
make_flat "$work/fixture" hello
cp -r "$work/fixture/git" "$work/mirror"
# made WORKSPACE URL: fetched, built and tested there.
made() {
    ALBS_WORKSPACE="$work/$1" albs-fetch -q "$2#c9" --lookaside "file://$work/fixture/files" |
        ALBS_WORKSPACE="$work/$1" albs-build -q --platform host | ALBS_WORKSPACE="$work/$1" albs-test -q
}
expect 0 made a "file://$work/fixture/git/hello.git"
cp "$out" a.json
sleep 1.1
expect 0 made b "file://$work/mirror/hello.git"
cp "$out" b.json
expect 0 made c "file://$work/fixture/git/hello.git"
cp "$out" c.json
for one in a b c; do
    cp -rn "$one/store" workspace
done
log="$ALBS_WORKSPACE/ledger/log.vkey"

# The same twice is one source; of another mirror it is another attempt.
expect 0 albs-notarize a.json c.json
expect_json '.sources | length' 1
expect 0 albs-notarize a.json b.json
cp "$out" ab.json
expect_json '[.sources[] | .follows == null] | join(" ")' 'true false'
expect_json '.sources[1].follows == .sources[0].id'
expect_json '[.tasks[].status] | unique | join(" ")' ok

# Recorded by each, and merged after that: nothing is left to be said.
expect 0 albs-notarize -o an.json a.json
expect 0 albs-notarize -o bn.json b.json
for order in 'an.json bn.json' 'bn.json an.json' 'an.json bn.json an.json' 'an.json b.json' 'ab.json c.json an.json'; do
    # shellcheck disable=SC2086
    expect 0 albs-notarize $order
    expect_stderr 'recorded 0 statements'
    cp "$out" merged.json
    expect 0 albs-notarize verify --log-key "$log" merged.json
    [ "$(grep -vc '^verified \|^  ' "$out")" = 0 ] || fail "not verified: $order"
done
# The same manifests again add no record.
expect 0 albs-notarize merged.json an.json bn.json
for table in sources tasks artifacts tests; do
    [ "$(jq -c ".$table" "$out")" = "$(jq -c ".$table" merged.json)" ] || fail "$table grew"
done

albs-sign -q --key "$key" merged.json >signed.json || fail 'not signed'
[ "$(jq '.signatures | length' signed.json)" = 2 ] || fail 'not each package was signed once'
albs-notarize -q signed.json >recorded.json || fail 'signatures were not recorded'
expect_from 0 recorded.json albs-release --to repo --name demo --key "$key"
expect 0 albs-release check repo
expect_from 0 recorded.json albs-release --to repo --name demo --key "$key"
cp "$out" released.json
expect_from 0 released.json albs-notarize
cp "$out" done.json
expect 0 albs-notarize verify --log-key "$log" done.json
expect 0 albs-sbom --format cyclonedx recorded.json

# A change that no run makes stays one, and is named.
jq -c '.stages = [] | .sources[0].tree = "0000000000000000000000000000000000000000"' b.json >changed.json
expect_refusal 4 "contradict each other in 'tree'" albs-notarize a.json changed.json
jq -c '.stages = [] | .artifacts[0].size += 1' b.json >changed.json
expect_refusal 4 "contradict each other in 'size'" albs-notarize a.json changed.json
