# SPDX-License-Identifier: GPL-3.0-or-later
# A proof that the log's key signed is not enough to say that a record is there already: two ledgers may have gone on
# from one copy, and a ledger may have been restored from before. Then nothing is recorded, with status 4.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 4
expect 0 albs-notarize -q files files/0
cp -a "$ALBS_LEDGER" fork
cp -a "$ALBS_LEDGER" backup
expect 0 albs-notarize -q files files/1
cp "$out" 1.json
expect 0 albs-notarize -q files --remember elsewhere --ledger fork files/2
cp "$out" 2.json
expect 0 albs-notarize -q files --remember elsewhere --ledger fork files/3
cp "$out" 3.json
cp "$ALBS_LEDGER/checkpoint" before
for dry in --dry-run --quiet; do
    expect_refusal 4 'its proof of 2 entries has another root than the ledger: it was forked' \
        albs-notarize $dry 2.json
    expect_refusal 4 'its proof is of 3 entries, the ledger has only 2: it was rolled back' albs-notarize $dry 3.json
    # A machine that remembers nothing, with a ledger of yesterday.
    expect_refusal 4 'its proof is of 2 entries, the ledger has only 1: it was rolled back' \
        albs-notarize $dry --remember nothing --ledger backup 1.json
done
same before "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize -q 1.json
expect 0 albs-notarize -q files files/2
expect 0 albs-notarize -q 1.json
