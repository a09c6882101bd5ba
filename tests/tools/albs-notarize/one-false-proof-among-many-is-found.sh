# SPDX-License-Identifier: GPL-3.0-or-later
# Checks that are shared by many records let none of them pass: one false notarization in the middle of 300 is refused,
# whatever part of it is false, on one core and on several.
. "$ALBS_SOURCE/tests/lib.sh"
expect 0 albs-notarize init --origin log.example.org --ledger "$work/ledger"
key=$work/ledger/log.vkey
mkdir files
for i in $(seq 300); do echo "$i" >"files/$i"; done
expect 0 albs-notarize files --ledger "$work/ledger" files/*
jq -c '.stages = []' "$out" >good.json
expect 0 albs-notarize verify --log-key "$key" good.json files/*
[ "$(grep -c '^verified files/' "$out")" = 300 ] || fail 'not all 300 files'
refused() {
    jq -c "$1" "${2:-good.json}" >false.json
    cmp -s "${2:-good.json}" false.json && fail "nothing was changed: $1"
    for jobs in 1 4; do
        expect 4 albs-notarize verify -j "$jobs" --log-key "$key" false.json files/*
        expect_empty_stdout
        expect_stderr "notarization 'log.example.org#150'"
    done
}
middle='.notarizations[150]'
before='.notarizations[149]'
# Another's place in the tree; another's statement, signature or both.
refused "$middle.index = 149"
refused "$middle.statement = $before.statement"
refused "$middle.signature = $before.signature"
refused "($middle | .statement, .signature) |= null | $middle.statement = $before.statement | $middle.signature = $before.signature"
# Of one that shares nothing a hash of its proof; another's proof; another's statement, leaf or both; a signature of
# another statement.
python3 "$ALBS_SOURCE/tests/fixture/complete_notarizations.py" <good.json >complete.json
expect 0 albs-notarize verify --log-key "$key" complete.json files/*
[ "$(grep -c '^verified files/' "$out")" = 300 ] || fail 'not all 300 files'
refused "$middle.proof |= sub(\"index 150\\n(?<c>.)\"; \"index 150\\n\" + if .c == \"A\" then \"B\" else \"A\" end)" complete.json
refused "$middle.proof = $before.proof" complete.json
refused "$middle.envelope = $before.envelope" complete.json
refused "$middle.entry = $before.entry" complete.json
refused "$middle.envelope.signatures = $before.envelope.signatures" complete.json
# A node is false: that of the first entry that needs it is named.
jq -c '.ledgers[0].nodes[0].hashes[151] = .ledgers[0].nodes[0].hashes[0]' good.json >false.json
expect 4 albs-notarize verify --log-key "$key" false.json files/*
expect_empty_stdout
expect_stderr "notarization 'log.example.org#"
