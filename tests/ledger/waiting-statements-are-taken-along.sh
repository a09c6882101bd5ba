# SPDX-License-Identifier: GPL-3.0-or-later
# Who waits for the ledger's lock leaves signed statements in its queue, and the next commit takes them along. A waiter
# that is killed asks for nothing any more; a commit that is killed at any call loses nothing of theirs and records
# nothing twice; statements wait for their own turn when they were left on other terms. ALBS_FAULT_STEP=1 tries every
# call.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v flock >/dev/null || skip 'no flock'
fault="$ALBS_BUILD/tests/libalbs_fault.so"
queue="$ALBS_LEDGER/.state/queue"
sizes() { grep -a -A1 '^log.example.org$' "$ALBS_LEDGER/.state/history" | grep -a '^[0-9]*$' | sort -nu | tr '\n' ' '; }
# lock, unlock: somebody else writes.
lock() {
    rm -f go
    touch locked.by # goes with this test, and so does the lock
    flock "$ALBS_LEDGER/.state/lock" sh -c 'touch locked; until [ -e go ] || [ ! -e locked.by ]; do sleep 0.02; done' &
    locker=$!
    until [ -e locked ]; do sleep 0.02; done
    rm locked
}
unlock() {
    touch go
    wait "$locker"
}
waits_for() { # COUNT: so many are in the queue
    for _ in $(seq 500); do
        [ "$(ls "$queue" 2>/dev/null | wc -l)" != "$1" ] || return 0
        sleep 0.02
    done
    fail "$(ls "$queue" | wc -l) in the queue, not $1: $(cat w*.err)"
}
# waiter NAME COMMAND...: its pid is $last.
waiter() {
    name=$1
    shift
    echo "$name" >"$name"
    "$@" albs-notarize files -v "$name" >"$name.json" 2>"$name.err" &
    last=$!
}

# Five wait, one of them is killed: four entries in one commit, and each has said that it recorded one.
lock
pids=
for i in 1 2 3 4; do
    waiter "w$i" env
    pids="$pids $last"
done
waiter killed env
waits_for 5
kill -KILL "$last"
wait "$last" 2>/dev/null
unlock
for pid in $pids; do wait "$pid" || fail "a waiter failed: $(cat w*.err)"; done
[ "$(sizes)" = '4 ' ] || fail "the commits have $(sizes)entries"
[ -z "$(ls "$queue")" ] || fail 'something is left in the queue'
for i in 1 2 3 4; do
    grep -q 'recorded 1 statements' "w$i.err" || fail "w$i: $(cat "w$i.err")"
    expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" "w$i.json" "w$i"
done
expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" killed
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"

# To run it again gives the same bytes: the proof of the commit that took it along.
expect 0 albs-notarize files w3
same w3.json "$out"

# Keys that change meanwhile: it is signed with the new one, and recorded once.
lock
albs-notarize rotate-key >/dev/null 2>rotate.err &
rotate=$!
sleep 0.3
waiter old env
waits_for 1
unlock
wait $rotate || fail "$(cat rotate.err)"
wait "$last" || fail "$(cat old.err)"
[ "$(sizes)" = '4 5 ' ] || fail "the commits have $(sizes)entries"
expect 0 albs-notarize verify --log-key "$key" old.json old

# A memory that knows more than this ledger: nothing of it is left to others, who know less.
cp -a "$XDG_STATE_HOME" knows
cp -a "$ALBS_LEDGER" ahead
expect 0 env XDG_STATE_HOME="$work/knows" albs-notarize files --ledger ahead "$manifest"
lock
waiter refused env XDG_STATE_HOME="$work/knows"
refused=$last
for _ in $(seq 500); do
    ! grep -q 'without a place in its queue: the log had' refused.err || break
    sleep 0.02
done
grep -q 'without a place in its queue: the log had' refused.err || fail "it was left to others: $(cat refused.err)"
waiter taken env
waits_for 1
unlock
wait "$last" || fail "$(cat taken.err)"
status=0
wait "$refused" || status=$?
[ "$status" = 4 ] || fail "a ledger that was rolled back: status $status: $(cat refused.err)"
[ "$(sizes)" = '4 5 6 ' ] || fail "the commits have $(sizes)entries"

[ -e "$fault" ] || exit 0 # a sanitizer build
# round WHO AT: the commit that takes along, or the waiter, is killed at a call of it.
n=0
round() {
    n=$((n + 1))
    before=$(sed -n 2p "$ALBS_LEDGER/checkpoint")
    lock
    case $1 in
    committer)
        waiter "c$n" env ALBS_FAULT="$2:kill" LD_PRELOAD="$fault" ALBS_REMEMBER="$work/c.memory"
        committer=$last
        sleep 0.1 # it comes first
        waiter "d$n" env
        ;;
    waiter)
        waiter "c$n" env
        committer=$last
        sleep 0.1
        waiter "d$n" env ALBS_FAULT="$2:kill" LD_PRELOAD="$fault" ALBS_REMEMBER="$work/c.memory"
        ;;
    esac
    sleep 0.2
    unlock
    killed=0
    wait "$committer" 2>/dev/null || killed=$?
    other=0
    wait "$last" 2>/dev/null || other=$?
    case $1,$killed,$other in
    committer,137,0 | committer,0,0 | waiter,0,137 | waiter,0,0) ;;
    *) fail "$1, call $2: status $killed and $other: $(cat "c$n.err" "d$n.err")" ;;
    esac
    expect 0 albs-notarize files "c$n" "d$n"
    [ "$(sed -n 2p "$ALBS_LEDGER/checkpoint")" = $((before + 2)) ] || fail "$1, call $2: not two entries more"
    expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" "c$n" "d$n"
    expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
    expect 0 albs-notarize files "c$n"
}
env ALBS_FAULT_COUNT="$work/count" LD_PRELOAD="$fault" albs-notarize files "$ALBS_SOURCE/CMakeLists.txt" >"$out" 2>"$err" ||
    fail 'the preloaded run failed'
calls=$(($(cat count) + 8)) # and those of the queue
for who in committer waiter; do
    at=3
    while [ "$at" -le "$calls" ]; do
        round $who "$at"
        at=$((at + ${ALBS_FAULT_STEP:-11}))
    done
done
# What killed runs have left there, the next commit removes.
expect 0 albs-notarize files "$key"
[ -z "$(ls "$queue")" ] || fail 'something is left in the queue'
echo "$n runs were killed, at $calls calls"
