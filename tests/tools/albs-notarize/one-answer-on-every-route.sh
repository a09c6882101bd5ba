# SPDX-License-Identifier: GPL-3.0-or-later
# What is withdrawn and what vouches is the same whether a manifest, the proof beside a file or the log alone is asked: by
# a list of statuses and what came after it, by a relation that the manifest does not know, by kinds.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
log="$ALBS_WORKSPACE/ledger"
key_file="$log/log.vkey"
name="hello-1.0-1.$arch.rpm"
signed=$(jq -r --arg name "$name" '[.artifacts[] | select(.name == $name and .unsigned != null)][0].sha256' signed.json)
unsigned=$(jq -r --arg name "$name" '[.artifacts[] | select(.name == $name and .unsigned == null)][0].sha256' signed.json)
mkdir files bare
cp "$ALBS_WORKSPACE/store/sha256/$(echo "$signed" | cut -c1-2)/$signed" "files/$name"
cp "files/$name" bare
expect_from 0 signed.json albs-notarize export -q --log-key "$key_file" --ledger "$log" files
verify() { albs-notarize verify --log-key "$key_file" --ledger "$log" "$@"; }
# each STATUS ARGS...: on the three routes.
each() {
    status=$1
    shift
    expect "$status" verify "$@" signed.json "files/$name"
    cp "$out" by-manifest
    expect "$status" verify "$@" "files/$name"
    cp "$out" by-proof
    expect "$status" verify "$@" "bare/$name"
    cp "$out" by-log
}
each 0
each 0 --require signature
each 0 --require build,test,signature
for route in manifest proof log; do
    for kind in signature build test; do
        grep -q "^  $kind example.org/log#" by-$route || fail "by the $route no $kind is named"
    done
done
for route in manifest proof log; do
    [ -z "$(sort by-$route | uniq -d)" ] || fail "by the $route a statement is named twice"
done
# A test that failed later, of which an older manifest knows nothing.
jq -c '.stages = [] | .notarizations = [] | .checkpoints = [] | .tests |= map(select(.name == "install") | .status = "fail" | .reason = "no")' \
    signed.json >failed.json
expect_from 0 failed.json albs-notarize -q
each 1 --require test
each 0 --require build,signature

# Another build gave the same bytes, out of a source package that was revoked: by a manifest that the asker does not have.
printf 'another source package' >other.src.rpm
other=$(sha256sum other.src.rpm | cut -c1-64)
jq -c --arg other "$other" --arg unsigned "$unsigned" '.stages = [] | .notarizations = [] | .tests = [] | .signatures = [] | .releases = [] |
    .artifacts |= map(select(.sha256 == $unsigned)) |
    .sources |= map(.id |= sub("@.*"; "@srpm-" + $other[0:12]) | .srpm = $other | .kind = "srpm" | .commit = null | .files = null) |
    .sources[0].id as $id | .tasks |= map(.id |= sub("^[^/]*"; $id) | .source = $id | .srpm = $other | .artifacts = [$unsigned] | .log = null | .buildroot = null | .definition = null)' \
    signed.json >other.json
mkdir fill
i=0
while [ $i -lt 1000 ]; do
    echo $i >fill/$i
    i=$((i + 1))
done
expect 0 albs-notarize -q files fill other.src.rpm
expect 0 albs-notarize mark --reason 'a backdoor' "$other"
each 0
expect_from 0 other.json albs-notarize -q
each 1
for route in manifest proof log; do
    grep -q '^revoked ' by-$route || fail "not revoked by the $route"
done
# The gates, with a manifest of before and the ledger of the workspace.
expect_from 1 signed.json albs-release --to "$work/repo" --key "$key"
expect_stderr 'revoked'
