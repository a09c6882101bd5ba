# SPDX-License-Identifier: GPL-3.0-or-later
# A change of keys, and the end of the old one, are killed or fail at every call that changes a file. Readers who have
# log.vkey of before, or the one that lies there now, verify all the while. The next command completes it, or there was
# no change: log.vkey, log.json, keys and checkpoint agree. To run the same command again changes the keys once.
# ALBS_FAULT_STEP=1 tries every call; the default leaves some out.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
fault="$ALBS_BUILD/tests/libalbs_fault.so"
[ -e "$fault" ] || skip 'no libalbs_fault.so (a sanitizer build)'
expect_from 0 "$manifest" albs-notarize
cp "$out" proved.json
echo next >next.txt
cp -a "$ALBS_LEDGER" template
cp -a "$XDG_STATE_HOME" state.template

fresh() {
    rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME"
    cp -a template "$ALBS_LEDGER"
    cp -a state.template "$XDG_STATE_HOME"
}
names() { jq -r '.vkeys | length' "$ALBS_LEDGER/log.json"; }
# readers: whoever has one of the key files can verify and audit.
readers() {
    for file in before.vkey "$key"; do
        expect 0 albs-notarize verify --log-key "$file" --ledger "$ALBS_LEDGER" --remember reader proved.json
        expect 0 albs-notarize audit --log-key "$file" --remember reader "$ALBS_LEDGER"
    done
}
# agreed WHEN: nothing is half done.
agreed() {
    [ "$(sed -n 1p "$key")" = "$(jq -r '.vkeys[0]' "$ALBS_LEDGER/log.json")" ] || fail "$1: log.vkey is stale"
    lines=$(wc -l <"$key")
    [ "$lines" = "$(grep -c '^— log.example.org ' "$ALBS_LEDGER/checkpoint")" ] ||
        fail "$1: not signed by those of log.vkey"
    if [ -e "$ALBS_LEDGER/.state/log.key.old" ]; then want=2; else want=1; fi
    [ "$lines" = $want ] || fail "$1: log.vkey has $lines lines"
    [ "$want" = 1 ] || [ "$(sed -n 2p "$key")" = "$(jq -r '.vkeys[1]' "$ALBS_LEDGER/log.json")" ] ||
        fail "$1: another old key"
    for left in "$ALBS_LEDGER/.state"/*.new; do [ ! -e "$left" ] || fail "$1: $left is left"; done
    sed -n 1p "$key" >present.vkey
    expect 0 albs-notarize audit --log-key present.vkey --remember reader2 "$ALBS_LEDGER"
    rm -rf reader2
}
# walk OPTION...: all points of one command.
walk() {
    cp template/log.vkey before.vkey
    fresh
    env ALBS_FAULT_COUNT="$work/count" LD_PRELOAD="$fault" albs-notarize rotate-key "$@" >"$out" 2>"$err" ||
        fail 'the preloaded run failed'
    calls=$(cat count)
    after=$(names)
    [ "$calls" -gt 20 ] || fail "only $calls calls were seen"
    offset=1
    for what in kill eio; do
        at=$offset
        offset=$((offset + 2))
        while [ "$at" -le "$calls" ]; do
            fresh
            rm -rf reader
            status=0
            rm -f count
            env ALBS_FAULT="$at:$what" ALBS_FAULT_COUNT="$work/count" LD_PRELOAD="$fault" \
                albs-notarize rotate-key "$@" >"$out" 2>"$err" || status=$?
            case $what,$status in
            kill,0) # not every run makes as many calls
                [ "$(cat count)" -lt "$at" ] || fail "call $at of $calls was not killed"
                ;;
            kill,137 | eio,0 | eio,5 | eio,70 | eio,75) ;;
            *) fail "call $at of $calls, $what: status $status: $(cat "$err")" ;;
            esac
            printed=no
            [ ! -s "$out" ] || printed=yes
            readers
            rm -rf killed killed.state
            cp -a "$ALBS_LEDGER" killed
            cp -a "$XDG_STATE_HOME" killed.state
            whole=no
            [ "$(names)" = "$after" ] && [ "$(sed -n 1p "$key")" = "$(jq -r '.vkeys[0]' "$ALBS_LEDGER/log.json")" ] &&
                [ "$(wc -l <"$key")" = "$(grep -c '^— ' "$ALBS_LEDGER/checkpoint")" ] && whole=yes
            [ $printed = no ] || [ $whole = yes ] || fail "call $at, $what: a key was printed before it was there"
            expect 0 albs-notarize files next.txt
            agreed "call $at, $what, the next command"
            readers
            # Again, as after any crash: that finishes this change, and makes no other, whoever wrote in between.
            if [ $status != 0 ]; then
                again="call $at, $what, again behind another command"
                for between in yes no; do
                    [ $between = yes ] || {
                        rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME" reader
                        cp -a killed "$ALBS_LEDGER"
                        cp -a killed.state "$XDG_STATE_HOME"
                        again="call $at, $what, again"
                    }
                    expect 0 albs-notarize rotate-key "$@"
                    [ "$(cat "$out")" = "$(sed -n 1p "$key")" ] || fail "$again: another key was printed"
                    agreed "$again"
                    [ "$(names)" = "$after" ] || fail "$again: $(names) keys, not $after"
                    [ ! -e "$ALBS_LEDGER/.state/rotation" ] || fail "$again: it is still to be finished"
                    readers
                done
            fi
            at=$((at + ${ALBS_FAULT_STEP:-7}))
        done
    done
    fresh
    rm -rf reader template state.template
    expect 0 albs-notarize rotate-key "$@"
    cp -a "$ALBS_LEDGER" template
    cp -a "$XDG_STATE_HOME" state.template
    echo "rotate-key $*: $calls calls"
}
walk
walk --drop-old
expect_from 0 proved.json albs-notarize prove
cp "$out" proved.json
# Once more, with an old key that signs along when the next one comes.
expect 0 albs-notarize rotate-key
expect_from 0 proved.json albs-notarize prove
cp "$out" proved.json
rm -rf template state.template
cp -a "$ALBS_LEDGER" template
cp -a "$XDG_STATE_HOME" state.template
walk
