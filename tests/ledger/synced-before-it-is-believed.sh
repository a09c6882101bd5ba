# SPDX-License-Identifier: GPL-3.0-or-later
# What an interrupted writer left is written again and synced before anything is signed on top of it, and remembered
# heads are on disk: the verifier's at once, the writer's before the journal is replaced that could bring the rest back.
. "$ALBS_SOURCE/tests/lib.sh"
fault="$ALBS_BUILD/tests/libalbs_fault.so"
[ -e "$fault" ] || skip 'no libalbs_fault.so (a sanitizer build)'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
# logged COMMAND...: its calls are in the file calls.
logged() {
    rm -f calls
    expect_from 0 "$manifest" env ALBS_FAULT_LOG="$work/calls" LD_PRELOAD="$fault" "$@"
}
# in_order BEFORE AFTER: a call that matches BEFORE comes before the first that matches AFTER, and there is one of
# those.
in_order() {
    awk -v before="$1" -v after="$2" '$0 ~ before { seen = 1 } $0 ~ after { good = seen; exit } END { exit !good }' \
        calls ||
        fail "no '$1' before '$2' in: $(cat calls)"
}
cp -a "$ALBS_LEDGER" template
logged albs-notarize
in_order '^fdatasync .*/journal$' '^(open|write) .*/history$'
commit=$(grep -n '^fdatasync .*/journal$' calls | cut -d: -f1)
# The index is written meanwhile, so that call comes earlier or later at times.
tries=0
until [ "$(wc -c <"$ALBS_LEDGER/.state/journal")" -gt 124 ] && [ ! -s "$ALBS_LEDGER/.state/history" ]; do
    tries=$((tries + 1))
    [ $tries -le 60 ] || fail 'no interrupted commit left a frame that was not signed'
    rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME" .albs
    cp -a template "$ALBS_LEDGER"
    expect_from 137 "$manifest" env ALBS_FAULT="$((commit + tries % 5 - 2)):kill" LD_PRELOAD="$fault" albs-notarize
done
logged albs-notarize
in_order '^write .*/journal$' '^fdatasync .*/journal$'
in_order '^fdatasync .*/journal$' '^(open|write) .*/history$'

echo 00000000-0000-0000-0000-000000000000 >boot
logged env ALBS_FAULT_BOOT="$work/boot" albs-notarize
in_order '^fsync .*/albs/heads/[0-9a-f]*$' '^rename .*/.state/journal$'
export XDG_STATE_HOME="$work/verifier"
cp "$out" recorded.json
logged albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" recorded.json
in_order '^fsync .*/albs/heads/' '^rename .*/albs/heads/[0-9a-f]*$'
