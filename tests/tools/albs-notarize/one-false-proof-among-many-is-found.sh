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
    jq -c "$1" good.json >false.json
    cmp -s good.json false.json && fail "nothing was changed: $1"
    for jobs in 1 4; do
        expect 4 albs-notarize verify -j "$jobs" --log-key "$key" false.json files/*
        expect_empty_stdout
        expect_stderr "notarization 'log.example.org#150'"
    done
}
middle='.notarizations[150]'
before='.notarizations[149]'
# A hash of its proof; another's proof; another's statement, leaf or both; a signature of another statement.
refused "$middle.proof |= sub(\"index 150\\n(?<c>.)\"; \"index 150\\n\" + if .c == \"A\" then \"B\" else \"A\" end)"
refused "$middle.proof = $before.proof"
refused "$middle.envelope = $before.envelope"
refused "$middle.entry = $before.entry"
refused "$middle.envelope.signatures = $before.envelope.signatures"
