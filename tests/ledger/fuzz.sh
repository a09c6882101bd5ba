# SPDX-License-Identifier: GPL-3.0-or-later
# The readers of the ledger's formats on mutated good inputs; ALBS_FUZZ_SECONDS=60 in CI.
. "$ALBS_SOURCE/tests/lib.sh"
[ -x "$ALBS_BUILD/tests/mutate-ledger" ] || skip 'mutate-ledger is not built'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
jq -j '.notarizations[0].proof' "$out" >proof
jq -cj '.notarizations[0].envelope' "$out" >envelope
jq -j '.notarizations[0].entry' "$out" | base64 -d >leaf
tr -d '\n' <"$key" >vkey
head -n 3 "$ALBS_LEDGER/checkpoint" >checkpoint.text
printf 'tile/entries/x001/234.p/17' >path
tail -c +125 "$ALBS_LEDGER/.state/journal" >frame
printf 'log %s\nquorum none\n' "$(cat vkey)" >policy
expect 0 "$ALBS_BUILD/tests/mutate-ledger" "${ALBS_FUZZ_SECONDS:-3}" proof envelope leaf vkey checkpoint.text path frame policy \
    "$ALBS_LEDGER/checkpoint" "$ALBS_LEDGER/.state/journal" "$ALBS_LEDGER/tile/entries/000.p/6"
expect_stdout ' runs$'
