# SPDX-License-Identifier: GPL-3.0-or-later
# --runner: a command is told when it is not waited for any more, by TERM, so that it can end what it has started
# elsewhere: when it does not answer in time, and when the run itself is ended, by TERM or by KILL. One that takes no
# notice is killed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
ALBS_WORKSPACE=$work/.albs place=$work
export ALBS_WORKSPACE place
package hello

# A job elsewhere: nothing that albs-build has started is its parent for long.
cat >elsewhere.sh <<'END'
setsid sleep 300 &
job=$!
echo "$job" >"$place/job"
trap 'kill "$job"; echo ended >"$place/ended"; exit 1' TERM
touch "$place/begun"
while :; do sleep 0.1; done
END
gone() {
    for _ in $(seq 100); do
        [ ! -e "$1" ] || return 0
        sleep 0.1
    done
    fail "$2"
}
job_is_gone() {
    for _ in $(seq 50); do
        kill -0 "$(cat job)" 2>/dev/null || return 0
        sleep 0.1
    done
    fail "$1: the job elsewhere goes on"
}
defer 'kill "$(cat job)" 2>/dev/null || :'
expect_from 1 hello.json albs-build --runner "sh $work/elsewhere.sh" --runner-timeout 1s
expect_stderr 'no answer within 1s of --runner-timeout'
[ -e ended ] || fail 'the command was not told'
job_is_gone 'no answer in time'

for signal in TERM HUP KILL; do
    rm -f begun ended
    albs-build --runner "sh $work/elsewhere.sh" hello.json >"$out" 2>"$err" &
    run=$!
    gone begun 'the command did not begin'
    kill -$signal $run
    wait $run || :
    gone ended "$signal: the command was not told"
    job_is_gone "$signal"
done

# Without an ear for it.
echo 'trap "" TERM; touch "$place/begun"; while :; do sleep 0.1; done' >deaf.sh
rm -f begun
albs-build --runner "sh $work/deaf.sh" hello.json >"$out" 2>"$err" &
run=$!
gone begun 'the command did not begin'
kill -TERM $run
got=0
wait $run || got=$?
[ $got = 143 ] || fail "ended by TERM, the status is $got"
pgrep -f "$work/deaf.sh" >"$out" && fail 'it goes on' || :
