# SPDX-License-Identifier: GPL-3.0-or-later
# INT, TERM and HUP at any moment: died of that very signal, nothing on stdout, no temporary, no child left.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

# Children get our TMPDIR, which is of this test alone.
children() {
    for pid in $(grep -lzxF "TMPDIR=$TMPDIR" /proc/[0-9]*/environ 2>/dev/null | tr -dc '0-9\n'); do
        case $({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null) in
        *laws/signals.sh* | '') ;; # the law itself, what is just gone
        *) printf '%s ' "$pid" && { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null ;;
        esac
    done
}
# kill_during SIGNAL STATUS SECONDS COMMAND...: what the command does when the signal comes after that long. With status
# "any" (for TERM) it may have ended well before.
kill_during() {
    signal=$1 wanted=$2 pause=$3
    shift 3
    # A shell starts background commands with INT ignored; that is not meant here.
    env --default-signal=INT,TERM,HUP "$@" <"$input" >"$out" 2>"$err" &
    pid=$!
    sleep "$pause"
    kill "-$signal" "$pid" 2>/dev/null
    got=0
    wait "$pid" || got=$?
    if [ "$got" = 0 ] && [ "$wanted" = any ]; then return; fi
    [ "$wanted" != any ] || wanted=143
    [ "$got" = "$wanted" ] || fail "$signal after $pause s gave status $got, wanted $wanted"
    # Nothing, or all of it when the signal came after the last byte: never a part.
    [ ! -s "$out" ] || [ -z "$(tail -c 1 "$out" | tr -d '\n')" ] || fail "$signal after $pause s cut standard output"
}
nothing_left() {
    tries=0
    while [ -n "$(children)" ] && [ $tries -lt 40 ]; do sleep 0.05; tries=$((tries + 1)); done
    [ -z "$(children)" ] || fail "still running: $(children)"
    [ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
    left=$(find "$work" -name '*.albs-tmp-*')
    [ -z "$left" ] || fail "left behind: $left"
}
if [ "$takes" != operands ]; then
    # While it waits for its input it has touched nothing.
    mkfifo slow
    input=slow
    sleep 30 >slow &
    writer=$!
    before=$(snapshot "$ALBS_WORKSPACE")
    for signal in 'INT 130' 'TERM 143' 'HUP 129'; do
        # shellcheck disable=SC2086 # signal and status; args are words
        kill_during $signal 0.3 "$tool" $args -o result
    done
    kill "$writer"
    [ ! -e result ] || fail 'there is a result'
    [ "$before" = "$(snapshot "$ALBS_WORKSPACE")" ] || fail 'it touched the workspace before its input was whole'
    nothing_left
fi
input=in.json
for pause in 0.001 0.003 0.006 0.01 0.02 0.05 0.1 0.2; do
    # shellcheck disable=SC2086 # args are words
    kill_during TERM any $pause "$tool" $args
    nothing_left
done
# And what was killed is simply run again.
expect_from 0 in.json run
if [ "$tool" = albs-echo ]; then
    for signal in 'INT 130' 'TERM 143' 'HUP 129'; do
        # shellcheck disable=SC2086 # signal and status
        kill_during $signal 0.4 albs-echo --linger 30
        expect_stderr lingering
        nothing_left
    done
    # nohup stays nohup: a signal that was ignored at the start is ignored.
    env --ignore-signal=HUP albs-echo --linger 1 <in.json >"$out" 2>"$err" &
    pid=$!
    sleep 0.3
    kill -HUP $pid
    wait $pid || fail 'HUP was not ignored'
    # A parent that ignores SIGCHLD would make the kernel reap our children before we know their status.
    expect_from 0 in.json timeout 20 env --ignore-signal=CHLD albs-echo --linger 1
fi
