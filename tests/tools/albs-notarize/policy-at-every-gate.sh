# SPDX-License-Identifier: GPL-3.0-or-later
# What lacks the quorum of --policy, has it from too long ago, or is signed by a key that may not sign such statements
# is no evidence at any gate, and no contradiction either: status 1, with the reason. prove is the way on.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/witness.inc"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
test_witness w
ledger=$ALBS_WORKSPACE/ledger
policy() {
    printf 'log %s\nwitness w %s %s\n' "$(cat "$ledger/log.vkey")" "$(cat w/vkey)" "$witness_url"
    printf '%s\n' "$@"
}
policy 'quorum w' >policy
build_package hello 1.0
manifest_of hello 1.0 | albs-notarize -q >plain.json 2>"$err" || fail 'notarize'
albs-sign -q --key "$key" plain.json >signed.json 2>"$err" || fail 'sign'
albs-notarize -q signed.json >ready.json 2>"$err" || fail 'notarize again'
jq -c '.tasks = [] | .tests = [] | .stages = []' plain.json >source.json

# gates STATUS POLICY MANIFEST-TO-BUILD MANIFEST-TO-SIGN MANIFEST-TO-RELEASE MESSAGE: all say the same.
gates() {
    verdict=$1 by=$2 why=${6:-}
    rm -rf repo
    said() { [ "$verdict" = 0 ] || expect_stderr "$1"; }
    expect_from "$verdict" "$3" albs-build plan --policy "$by" --require-notarized --backend host
    [ "$verdict" = 0 ] || expect_stdout "the source is not notarized: $why"
    if [ "$verdict" = 1 ]; then
        expect_from 1 "$3" albs-build --policy "$by" --require-notarized --backend host
        expect_stderr "the source is not notarized: $why"
    fi
    expect_from "$verdict" "$4" albs-sign --key "$key" --policy "$by"
    said "not signed: it is not notarized: $why"
    expect_from "$verdict" "$5" albs-release --to repo --key "$key" --policy "$by"
    said "is not notarized: $why"
    expect_from 0 "$5" albs-sbom
    cp "$out" doc.json
    albs-sbom verify doc.json --policy "$by" >"$out" 2>"$err"
    if [ "$verdict" = 0 ]; then
        grep '^missing.*log proof' "$out" && fail "no proof of doc.json"
    else
        expect_stdout "^unprovable	.*log entry build .*$why"
        expect_stdout '^missing	.*	log proof of the build	'
    fi
    expect "$verdict" albs-notarize verify --policy "$by" "$5"
    said "$why"
}
gates 1 policy source.json plain.json ready.json "too few witnesses cosigned the checkpoint for the quorum 'w'"
# albs-test asks no evidence of a package; it believes that something was withdrawn, with or without witnesses.
built=$(jq -r '.artifacts[] | select(.kind == "rpm" and .unsigned == null) | .sha256' plain.json | head -n 1)
expect 0 albs-notarize mark --reason broken "$built"
expect_from 0 plain.json albs-notarize
cp "$out" marked.json
expect_from 0 marked.json albs-test -n --policy policy
expect_stderr 'not tested: entry [0-9]* of the log says that it is revoked: broken'
expect 1 albs-notarize verify --policy policy marked.json
expect_stdout '^revoked '
expect 0 albs-notarize mark --status valid --reason fixed "$built"

# prove_all WORD: proofs to the log's present checkpoint, in NAME.WORD.json.
prove_all() {
    for name in source plain ready; do
        expect_from 0 $name.json albs-notarize prove --policy policy
        cp "$out" "$name.$1.json"
    done
}
# Cosigned, and proved anew.
expect 0 albs-notarize witness --witness-key w/vkey "$witness_url"
prove_all proved
gates 0 policy source.proved.json plain.proved.json ready.proved.json
# The older proofs of the same entries lack witnesses, and are no matter any more.
expect_from 0 ready.proved.json albs-sbom
cp "$out" doc.json
expect 0 albs-sbom verify doc.json --policy policy
! grep -qF 'witness' "$out" || fail "an older proof counts: $(grep witness "$out")"
# The witness says so of a week ago.
policy '#albs: max-age 2d' 'quorum w' >young.policy
gates 0 young.policy source.proved.json plain.proved.json ready.proved.json
echo "ago $((7 * 86400))" >w/faults
expect 0 albs-notarize witness --witness-key w/vkey "$witness_url"
prove_all old
gates 0 policy source.old.json plain.old.json ready.old.json
old="the quorum 'w' cosigned the checkpoint longer ago than the policy allows (max-age 2d)"
gates 1 young.policy source.old.json plain.old.json ready.old.json "$old"
# So is the log itself; the next commit, of nothing new, has it seen again.
for command in "audit $ledger" "verify --ledger $ledger source.old.json" "show --ledger $ledger $built"; do
    # shellcheck disable=SC2086 # words
    expect 3 albs-notarize $command --policy young.policy
    expect_empty_stdout
    expect_stderr "error: .*$old"
done
expect_from 0 ready.json albs-notarize --policy young.policy
expect 0 albs-notarize audit --policy young.policy "$ledger"
expect 0 albs-notarize verify --policy young.policy --ledger "$ledger" ready.old.json
expect_from 0 ready.old.json albs-notarize export --policy young.policy --ledger "$ledger" --repodata proofs.json beside
expect 0 albs-notarize verify --policy young.policy proofs.json

# Keys of statements: the ledger's may sign what it signed, or something else.
signer=$(albs-notarize verify --policy policy ready.proved.json 2>"$err" | awk '$1 == "build" { print $3; exit }')
policy "#albs: statement-key $signer all" 'quorum w' >all.policy
gates 0 all.policy source.proved.json plain.proved.json ready.proved.json
policy "#albs: statement-key $signer commit,status" 'quorum w' >none.policy
gates 1 none.policy source.proved.json plain.proved.json ready.proved.json \
    "it is signed by a key that the policy does not accept for statements of the kind '[a-z]*': $signer"
policy "#albs: statement-key $signer source,srpm,build,status" 'quorum w' >builds.policy
expect_from 0 source.proved.json albs-build plan --policy builds.policy --require-notarized --backend host
expect_from 0 plain.proved.json albs-sign --key "$key" --policy builds.policy
expect_from 1 ready.proved.json albs-release --to repo2 --key "$key" --policy builds.policy
expect_stderr "does not accept for statements of the kind '\(test\|signature\)'"
expect 1 albs-notarize verify --policy builds.policy --ledger "$ledger" "built/hello-1.0/hello-doc-1.0-1.noarch.rpm" \
    --require test

# A cosignature that does not hold is a contradiction, though nobody asked for that witness.
policy 'quorum none' >any.policy
jq -c '.stages = [] | walk(if type == "string" then
    gsub("(?<a>\n— w.example.org [A-Za-z0-9+/]{40})...."; "\(.a)AAAA") else . end)' plain.proved.json >false.json
cmp -s plain.proved.json false.json && fail 'nothing was falsified'
expect_from 4 false.json albs-sign --key "$key" --policy any.policy
expect_stderr "the signature of 'w.example.org' does not hold\|the note of checkpoint .* is that of"
expect 4 albs-notarize verify --policy any.policy false.json
# Both options at once, or a policy that is none.
for tool in "albs-build plan --backend host" "albs-sign --key $key" 'albs-release --to repo3 --key x' 'albs-test -n' \
    'albs-notarize verify' 'albs-sbom verify doc.json'; do
    # shellcheck disable=SC2086 # words
    expect_from 2 ready.json $tool --log-key "$ledger/log.vkey" --policy policy
    expect_empty_stdout
    expect_stderr '\-\-log-key and --policy both say whom to trust'
    # shellcheck disable=SC2086 # words
    expect_from 3 ready.json $tool --policy doc.json
    expect_empty_stdout
    expect_stderr "error: 'doc.json': line 1: "
done
