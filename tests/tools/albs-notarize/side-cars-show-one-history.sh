# SPDX-License-Identifier: GPL-3.0-or-later
# Proofs beside files that stand on two trees of one size, which the log's key signed both: no log is like that, so the
# run that sees both believes neither. The same of a proof in a manifest and one beside a file.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 2
cp -a "$ALBS_LEDGER" fork
expect 0 albs-notarize -q files files/0
cp "$out" 0.json
expect 0 albs-notarize -q files --remember elsewhere --ledger fork files/1
cp "$out" 1.json
mkdir beside
cp files/0 files/1 beside
export XDG_STATE_HOME="$work/stranger" # who remembers one of the two knows which is false
for one in 0 1; do
    expect_from 0 $one.json albs-notarize -q export --log-key "$key" beside
    expect 0 albs-notarize -q verify --log-key "$key" beside/$one
done
expect_refusal 4 'signed two trees of 1 entries: it shows two histories' \
    albs-notarize -q verify --log-key "$key" beside/0 beside/1
expect_refusal 4 'signed two trees of 1 entries' albs-notarize -q verify --log-key "$key" 0.json beside/1
