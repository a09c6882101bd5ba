# SPDX-License-Identifier: GPL-3.0-or-later
# A record of the manifest that the ledger has and whose statement it withholds: that is said, with status 1, and the
# manifest gets the proofs of the others. When the statement is there again, it gets that too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 3
expect 0 albs-notarize files files/0 files/1
jq -c '.stages = [] | .notarizations = [] | del(.checkpoints, .ledgers, .forms)' "$out" >m.json
lines=$ALBS_LEDGER/attestations/000.intoto.jsonl
cp "$lines" kept
sed -i '2s/.*//' "$lines"
expect_from 1 m.json albs-notarize
digest=$(sha256sum files/1 | cut -c1-64)
expect_stderr "warning: $digest: it was recorded as log.example.org#1, whose statement is withheld: the manifest does not"
expect_json '[.notarizations[].id] == ["log.example.org#0"]'
expect_json '.stages[-1].verdict' no
cp "$out" without.json
expect 1 albs-notarize verify --log-key "$key" without.json
expect_stdout "^absent 1 $digest$"
# What is new is recorded all the same, and the ledger is none the worse.
expect 1 albs-notarize files files/1 files/2
expect_stderr 'recorded 1 statements .*, 1 were there already'
expect_json '[.notarizations[].id] == ["log.example.org#2"]'
expect 1 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stdout '^withheld log.example.org entries=3 statements=2 withheld=1$'
sed -n 2p kept >line
sed -i -e '2r line' -e 2d "$lines"
expect_from 0 without.json albs-notarize
expect_json '[.notarizations[].id] == ["log.example.org#0", "log.example.org#1"]'
cp "$out" with.json
expect 0 albs-notarize verify --log-key "$key" --require-status --ledger "$ALBS_LEDGER" with.json
