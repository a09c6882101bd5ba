# SPDX-License-Identifier: GPL-3.0-or-later
# reproduced says whether k of the n rebuilders of a policy built a file once more and it came out the same: each is one
# voice, whatever it records how often in how many logs, and what speaks against it counts until it is taken back.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
expect_from 0 greet.json albs-build
cp "$out" built.json
expect_from 0 built.json albs-build reproduce --format manifest
cp "$out" honest.json
expect_json '[.reproductions[].verdict] | unique | join(" ")' identical
packages=$(jq '.reproductions | length' honest.json)
[ "$packages" -ge 3 ] || fail "$packages packages"
expect_json '.sources == [] and .tasks == [] and .artifacts == []'
# packaged NAME: its digest, of the manifest; the file is taken out of the store.
packaged() {
    digest=$(jq -r --arg name "$1" '.artifacts[] | select(.name == $name) | .sha256' built.json)
    cp ".albs/store/sha256/$(printf %.2s "$digest")/$digest" "$1"
}
rpm=greet-1.0-1.$(uname -m).rpm
packaged "$rpm"

# Three who rebuild, each with keys and a ledger of its own, and one whom nobody asked.
for name in r1 r2 r3 stranger; do
    expect 0 albs-notarize init --origin $name.example.org --ledger $name
done
key_of() { openssl pkey -in "$1/.state/statement.key" -pubout -outform DER | sha256sum | cut -d' ' -f1; }
# policy K [RESULT]: that many of three.
policy() {
    for name in r1 r2 r3; do
        printf 'log %s\n#albs: rebuilder %s %s\n' "$(cat $name/log.vkey)" $name "$(key_of $name)"
    done
    printf '#albs: reproduced %s\nquorum none\n' "$*"
}
policy 2 >two.policy
# said WHO DAY [FILTER]: a run of that day, with what the filter makes of it, in the ledger of WHO; into WHO.json.
day() { printf '2026-01-%02dT00:00:00Z' "$1"; }
said() {
    jq -c --arg time "$(day "$2")" ".stages = [] | .reproductions[].finished = \$time | .reproductions |= map(${3:-.})" \
        honest.json >said.json
    expect_from 0 said.json albs-notarize --ledger "$1"
    cp "$out" "$1.json"
}
differs='.verdict = "differs" | .rebuilt = "'$(printf %064d 1)'" | .file = "/usr/bin/greet" | .what = "contents"'
# count STATUS TEXT OPERAND...: what reproduced says of the package by these.
count() {
    status=$1 text=$2
    shift 2
    expect "$status" albs-notarize reproduced --policy "${policy:-two.policy}" "$@" "$rpm"
    expect_stdout "^[a-z]* $rpm $text\$"
}

for name in r1 r2 stranger; do said $name 1; done
count 0 '2 of 3' r1.json r2.json
expect_stdout '^reproduced '
expect_stdout "^  identical r1 r1.example.org#[0-9] $(key_of r1) $(day 1)$"
expect_stdout '^  absent r3$'
expect_stderr 'warning: only what came with the operands is known of r1.example.org, r2.example.org, r3.example.org'
unshare -rn true 2>/dev/null && expect 0 unshare -rn "$ALBS_BIN/albs-notarize" reproduced --policy two.policy \
    r1.json r2.json "$rpm"
count 1 '1 of 3, 2 wanted' r1.json
expect_stdout '^unreproduced '
count 1 '0 of 3, 2 wanted' built.json
# Without files: the packages that the manifests name.
expect 0 albs-notarize reproduced --policy two.policy r1.json r2.json
[ "$(grep -c '^reproduced .* 2 of 3$' "$out")" = "$packages" ] || fail "not $packages packages"
# The same twice under one key, from two merged manifests and from two logs, is one voice.
said r1 2
count 1 '1 of 3, 2 wanted' r1.json r1.json
expect 0 albs-notarize init --origin again.example.org --ledger again --statement-key "$PWD/r1/.state/statement.key"
said again 2
(policy 2 && printf 'log %s\n' "$(cat again/log.vkey)") >more.policy
policy=more.policy count 1 '1 of 3, 2 wanted' r1.json again.json
policy=more.policy count 0 '2 of 3' r1.json again.json r2.json
# A key that the policy does not name is no rebuilder, in whatever log.
count 1 '1 of 3, 2 wanted' r1.json stranger.json
expect_stderr 'statements in the manifests cannot be proved with the logs of this policy'
jq -c '.stages = [] | .reproductions[].finished = "2026-01-03T00:00:00Z"' honest.json >said.json
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.key 2>/dev/null
chmod 600 other.key
expect_from 0 said.json albs-notarize --ledger r3 --statement-key "$PWD/other.key"
cp "$out" foreign.json
count 1 '1 of 3, 2 wanted' r1.json foreign.json

# One who got something else; one who lies that it is identical to what it is not.
said r3 1 "$differs"
count 0 '2 of 3' r1.json r2.json r3.json
expect_stdout '^  differs r3 r3.example.org#'
expect_stderr "warning: $rpm: to the rebuilder 'r3' it did not come out the same: differs"
count 1 '1 of 3, 2 wanted' r1.json r3.json
said r3 2 '.rebuilt = "'"$(printf %064d 1)"'"'
count 1 '1 of 3, 2 wanted' r1.json r3.json
expect_stdout '^  differs r3 '
# A file of the same name is another file.
said r2 2 '.artifact = "'"$(printf %064d 2)"'" | .id = "\(.artifact)/rebuilt/\(.name)" | .rebuilt = .artifact'
cp r2.json other-file.json
count 1 '1 of 3, 2 wanted' r1.json other-file.json
expect_stdout '^  absent r2$'
# What counts is the policy's: only what rpm writes of host and time differs.
said r2 3 '.verdict = "metadata" | .rebuilt = "'"$(printf %064d 3)"'"'
count 1 '1 of 3, 2 wanted' r1.json r2.json
expect_stdout '^  metadata r2 '
policy 2 metadata >metadata.policy
policy=metadata.policy count 0 '2 of 3' r1.json r2.json
said r2 4 '.verdict = "payload" | .rebuilt = "'"$(printf %064d 4)"'"'
policy=metadata.policy count 1 '1 of 3, 2 wanted' r1.json r2.json
policy 2 payload >payload.policy
policy=payload.policy count 0 '2 of 3' r1.json r2.json

# A later word against it counts, until a later one for it: later in the log, and by the time.
said r2 5
cp r2.json good.json
count 0 '2 of 3' r1.json good.json
said r2 6 '.verdict = "missing" | .rebuilt = null'
count 1 '1 of 3, 2 wanted' r1.json good.json r2.json
expect_stdout '^  missing r2 '
# Who is shown only the older words finds the later ones in the log.
count 0 '2 of 3' r1.json good.json
count 1 '1 of 3, 2 wanted' --ledger r2 r1.json good.json
expect_stderr 'is known of r1.example.org, r3.example.org:'
said r2 4
count 1 '1 of 3, 2 wanted' --ledger r2 r1.json # recorded behind it, and done before
said r2 7
count 0 '2 of 3' --ledger r2 r1.json
count 0 '2 of 3' --ledger r1 --ledger r2 --ledger r3
grep -q 'warning: only what came' "$err" && fail 'all logs were read'
# Two logs of one key have no order: what one says against it stands.
said again 3 "$differs"
policy=more.policy count 1 '1 of 3, 2 wanted' --ledger again r1.json r2.json
# Taken back, and given back.
sha=$(sha256sum "$rpm" | cut -d' ' -f1)
SOURCE_DATE_EPOCH=1768000000 expect 0 albs-notarize mark --ledger r2 --reason 'our disk was bad' "$sha"
count 1 '1 of 3, 2 wanted' --ledger r2 r1.json
expect_stdout '^  withdrawn r2 '
said r2 7 # the ledger's word on it comes with the manifest
count 1 '1 of 3, 2 wanted' r1.json r2.json
expect 0 albs-notarize mark --ledger r2 --status valid --reason 'it was good' "$sha"
count 0 '2 of 3' --ledger r2 r1.json
# What is withheld may speak against it.
cp -r r2 copy
: >copy/attestations/000.intoto.jsonl
rm -rf copy/.state
count 1 '1 of 3, 2 wanted' --ledger copy r1.json
expect_stdout '^withheld [0-9]* statements of r2.example.org$'
# A manifest that says other things than the log is a contradiction; so is a file that is not what it claims.
jq -c '.stages = [] | .reproductions[].verdict = "signature"' r1.json >forged.json
expect_refusal 4 'the ledger recorded verdict "identical", the manifest says "signature"' \
    albs-notarize reproduced --policy two.policy forged.json "$rpm"
cp "$rpm" changed.rpm
echo x >>changed.rpm
expect 1 albs-notarize reproduced --policy two.policy r1.json r2.json changed.rpm
expect_stdout '^unreproduced changed.rpm 0 of 3, 2 wanted$'
# verify knows such records, and takes them for no word on where a file is from.
expect 0 albs-notarize verify -q --log-key r1/log.vkey r1.json
expect_stdout "^verified reproduction $sha/rebuilt"
expect 1 albs-notarize verify -q --log-key r1/log.vkey --ledger r1 "$rpm"
expect_stdout '^absent '
expect_stderr 'there is only reproduction'
printf 'log %s\nquorum none\n' "$(cat r1/log.vkey)" >plain.policy
expect_refusal 3 'the policy names no rebuilders' albs-notarize reproduced --policy plain.policy r1.json
