# SPDX-License-Identifier: GPL-3.0-or-later
# A change of status whose statement is withheld: commits about the file and about others go on, and say that it is
# missing; the log stays verifiable. With the index made again nobody knows what it was about.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 3
expect 0 albs-notarize files files/0 files/1
jq -c '.stages = [] | .notarizations = [] | del(.checkpoints, .ledgers)' "$out" >m.json
expect 0 albs-notarize mark --reason 'a broken compiler' "$(sha256sum files/0 | cut -c1-64)"
expect_from 0 m.json albs-notarize
expect_json '[.notarizations[] | select(.kind == "status")] | length == 1'
sed -i '3s/.*//' "$ALBS_LEDGER/attestations/000.intoto.jsonl"
expect_from 0 m.json albs-notarize
expect_json '[.notarizations[].kind] == ["file", "file"]'
expect_stderr 'warning: entry 2 of the log changes the status of something in this manifest, and its statement is withheld'
expect 0 albs-notarize files files/2
expect_stderr 'recorded 1 statements'
! grep -q withheld "$err" || fail 'it was told to who has nothing to do with it'
rm "$ALBS_LEDGER"/.state/index.sqlite*
expect_from 0 m.json albs-notarize
expect 1 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stdout '^withheld log.example.org entries=4 statements=3 withheld=1$'
# Another change is heard, and who wants to be sure is told that he cannot be.
expect 0 albs-notarize mark --reason 'again' "$(sha256sum files/0 | cut -c1-64)"
expect_from 0 m.json albs-notarize
expect_json '[.notarizations[] | select(.kind == "status")] | length == 1'
expect 1 albs-notarize verify --require-status --ledger "$ALBS_LEDGER" --log-key "$key" files/1
