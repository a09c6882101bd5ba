# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# The torchwood project's library verifies the proofs that we export, under the policy file that we read ourselves: two
# witnesses asked, live ones; and refuses what lacks one, is of another log, or is another entry's.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
. "$ALBS_SOURCE/tests/interop/witness.inc"
go_program torchwood_proof
verifier="$tool_path"
go_tool litewitness filippo.io/torchwood/cmd/litewitness@v0.9.0
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
start_witness first.example.org log.example.org "$(cat "$key")"
first=$witness_url
start_witness second.example.org log.example.org "$(cat "$key")"
second=$witness_url
# policy LOG-KEY QUORUM [LINE...]
policy() {
    printf '#albs: max-age 7d\n# that is a comment to others\n'
    printf 'log %s\nwitness first %s\nwitness second %s\n' "$(cat "$1")" "$(cat first.example.org.vkey)" \
        "$(cat second.example.org.vkey)"
    quorum=$2
    shift 2
    printf '%s\n' "$@" "quorum $quorum"
}
policy "$key" none >none.policy
policy "$key" first >first.policy
policy "$key" one 'group one any first second' >one.policy
policy "$key" both 'group both 2 first second' >both.policy

expect_from 0 "$manifest" albs-notarize
cp "$out" built.json
name=p1-1-1.x86_64.rpm
# export NAME: proofs as the log is now.
export_to() { expect_from 0 built.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" "$1"; }
export_to alone
jq -r '.verificationMaterial.tlogEntries[0].canonicalizedBody' alone/$name.sigstore.json | base64 -d >leaf
accepted() {
    expect 0 "$verifier" "$@"
    expect_stdout '^OK$'
}
refused() {
    expect 1 "$verifier" "$@"
    expect_stderr '^refused: '
}
accepted none.policy alone/$name.tlog-proof leaf
refused one.policy alone/$name.tlog-proof leaf
expect 0 albs-notarize witness --witness-key first.example.org.vkey "$first"
export_to once
accepted one.policy once/$name.tlog-proof leaf
accepted first.policy once/$name.tlog-proof leaf
refused both.policy once/$name.tlog-proof leaf
expect 0 albs-notarize witness --witness-key second.example.org.vkey "$second"
export_to twice
for quorum in none one first both; do
    accepted $quorum.policy twice/$name.tlog-proof leaf
    expect 0 albs-notarize audit --policy $quorum.policy "$ALBS_LEDGER"
done

# Every entry has its proof, and no other's.
for file in twice/*.tlog-proof; do
    base=${file%.tlog-proof}
    jq -r '.verificationMaterial.tlogEntries[0].canonicalizedBody' "$base.sigstore.json" | base64 -d >this
    accepted both.policy "$file" this
    cmp -s this leaf || refused both.policy "$file" leaf
done
# A log of that name with another key; a log of another name; a changed line of the proof.
ALBS_REMEMBER="$work/stranger.heads" expect 0 albs-notarize init --origin log.example.org --ledger "$work/stranger"
policy stranger/log.vkey none >stranger.policy
refused stranger.policy twice/$name.tlog-proof leaf
expect 0 albs-notarize init --origin other.example.org --ledger "$work/other"
policy other/log.vkey none >other.policy
refused other.policy twice/$name.tlog-proof leaf
sed 's/^index 0$/index 99/; s/^index [0-5]$/index 0/; s/^index 99$/index 1/' twice/$name.tlog-proof >moved
refused both.policy moved leaf
sed '3s/^./-/' twice/$name.tlog-proof >garbled
refused both.policy garbled leaf
sed '/first.example.org/d' twice/$name.tlog-proof >stripped
refused both.policy stripped leaf
