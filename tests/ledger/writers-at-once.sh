# SPDX-License-Identifier: GPL-3.0-or-later
# Eight processes record at the same time: each waits for its turn, each entry is there once, every proof holds, and one
# that is killed while it waits or writes holds up nobody.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
writers=8
rounds=4
writer() {
    for round in $(seq $rounds); do
        printf 'file %s of writer %s' "$round" "$1" >"file-$1-$round"
        # Status 75: the lock was busy for too long; whoever calls the tool tries again.
        until albs-notarize files "file-$1-$round" >"manifest-$1-$round" 2>"err-$1-$round"; do
            grep -q 'is locked by another process' "err-$1-$round" || return 1
        done
    done
}
started=
for i in $(seq $writers); do
    writer "$i" &
    started="$started $!"
done
# And one that dies in between, whatever it is doing then.
printf doomed >doomed
albs-notarize files doomed >/dev/null 2>&1 &
doomed=$!
kill -KILL $doomed
wait $doomed 2>/dev/null
for pid in $started; do
    wait "$pid" || fail "a writer failed: $(cat err-*)"
done
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
for i in $(seq $writers); do
    for round in $(seq $rounds); do
        jq -r '.notarizations[].id' "manifest-$i-$round"
        expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" "manifest-$i-$round" "file-$i-$round"
    done
done >ids
[ "$(sort -u ids | wc -l)" = $((writers * rounds)) ] || fail "$(wc -l <ids) records, $(sort -u ids | wc -l) entries"
# The doomed one completes when it is run again, and finds its entry if it came that far.
expect 0 albs-notarize files doomed
size=$(sed -n 2p "$ALBS_LEDGER/checkpoint")
[ "$size" = $((writers * rounds + 1)) ] || fail "the log has $size entries"
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
