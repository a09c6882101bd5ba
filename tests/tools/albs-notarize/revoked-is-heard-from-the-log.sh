# SPDX-License-Identifier: GPL-3.0-or-later
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" good.json
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
expect 2 albs-notarize mark $digest
expect_stderr 'no reason was given'
expect 3 albs-notarize mark --reason x "$(printf '%064d' 1)"
expect_stderr 'has no statement about'
expect 0 albs-notarize mark --reason 'built by a broken compiler' $digest
expect_stdout '^log.example.org#6$'
# A manifest of before cannot know, and verify says that it did not look.
expect 0 albs-notarize verify --log-key "$key" good.json
expect_stderr 'revocations were not looked for in the log (no --ledger)'
expect 2 albs-notarize verify --require-status --log-key "$key" good.json
expect_stderr '\-\-require-status needs the log'
expect 1 albs-notarize verify --require-status --log-key "$key" --ledger "$ALBS_LEDGER" good.json
expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" good.json
expect_stdout "^revoked p1-1-1.x86_64.rpm $digest$"
expect_stderr 'built by a broken compiler'
expect 0 albs-notarize mark --status valid --reason 'the compiler was fine' $digest
expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" good.json
expect 0 albs-notarize verify --require-status --log-key "$key" --ledger "$ALBS_LEDGER" good.json
# A log that withholds statements may hide a revocation.
sed -i 2s/.*// "$ALBS_LEDGER/attestations/000.intoto.jsonl"
expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" good.json
expect_stderr '1 statements of the log are withheld'
expect 1 albs-notarize verify --require-status --log-key "$key" --ledger "$ALBS_LEDGER" good.json
