# SPDX-License-Identifier: GPL-3.0-or-later
# Every call that changes a file is killed or fails in turn: after each, the log audits clean, nothing that was signed is
# lost or contradicted, and the same command completes with the same bytes.
# ALBS_FAULT_STEP=1 tries every call; the default leaves some out, others on each run of the sequence.
. "$ALBS_SOURCE/tests/lib.sh"
fault="$ALBS_BUILD/tests/libalbs_fault.so"
[ -e "$fault" ] || skip 'no libalbs_fault.so (a sanitizer build)'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
mv "$ALBS_LEDGER" template
mv "$XDG_STATE_HOME" state.template
fresh() {
    rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME"
    cp -a template "$ALBS_LEDGER"
    cp -a state.template "$XDG_STATE_HOME"
}
fresh
ALBS_FAULT_COUNT="$work/count" LD_PRELOAD="$fault" albs-notarize <"$manifest" >wanted.json 2>"$err" || fail 'the preloaded run failed'
calls=$(cat count)
[ "$calls" -gt 20 ] || fail "only $calls calls were seen"
cp "$ALBS_LEDGER/checkpoint" wanted.checkpoint
step=${ALBS_FAULT_STEP:-9}
offset=1
for what in kill eio enospc; do
    at=$offset
    while [ "$at" -le "$calls" ]; do
        fresh
        before=$(cat "$ALBS_LEDGER/checkpoint")
        got=0
        ALBS_FAULT=$at:$what LD_PRELOAD="$fault" albs-notarize <"$manifest" >"$out" 2>"$err" || got=$?
        case $what,$got in
        kill,137 | *,0 | *,5 | *,70 | *,75) ;;
        *) fail "call $at of $calls, $what: status $got" ;;
        esac
        published=$(cat "$ALBS_LEDGER/checkpoint")
        [ "$published" = "$before" ] || [ "$published" = "$(cat wanted.checkpoint)" ] ||
            fail "call $at, $what: a checkpoint that is neither the old nor the new one"
        expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
        expect_from 0 "$manifest" albs-notarize
        jq -c 'del(.stages)' "$out" >again.json
        jq -c 'del(.stages)' wanted.json | cmp -s - again.json || fail "call $at, $what: the re-run gave other bytes"
        same "$ALBS_LEDGER/checkpoint" wanted.checkpoint
        expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
        at=$((at + step))
    done
    offset=$((offset + 2))
done
