# SPDX-License-Identifier: GPL-3.0-or-later
# A server of a log that takes the connection and never answers, or answers a byte at a time, is given up
# after --timeout, with status 75 and what was asked for; one that only paused is asked again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" good.json
mkdir -p served/files
start_server served || skip 'no server'
defer stop_server
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
# try NAME FAULT FILE COMMAND...: a reader with a memory of its own and a log of its own, of which a file is never
# given, as often as it is asked for. All readers at once, since each takes its time.
started=
try() {
    mkdir "served/files/$1"
    (cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C "served/files/$1"
    for _ in 1 2 3 4; do echo "$2"; done >"served/files/$1/$3.fault"
    (
        name=$1
        shift 3
        got=0
        XDG_STATE_HOME="$work/$name.state" timeout 60 albs-notarize "$@" >"$name.out" 2>"$name.err" || got=$?
        echo "$got" >"$name.status"
    ) &
    started="$started $1:$3:$!"
}
show() {
    try "$1" "$2" "$3" show --timeout 1s --ledger "$files_url/$1" --log-key "$key" $digest
}
audit() { try "$1" "$2" "$3" audit --timeout 1s --log-key "$key" "$files_url/$1"; }
show s1 stall checkpoint
show s2 trickle checkpoint
show s3 stall tile/0/000.p/6
show s4 trickle tile/entries/000.p/6
show s5 trickle attestations/000.intoto.jsonl
audit a1 stall checkpoint
audit a2 trickle tile/0/000.p/6
audit a3 stall tile/entries/000.p/6
audit a4 stall attestations/000.intoto.jsonl
audit a5 stall log.json
try v1 stall checkpoint verify --timeout 1s --ledger "$files_url/v1" --log-key "$key" good.json
try v2 trickle attestations/000.intoto.jsonl verify --timeout 1s --ledger "$files_url/v2" --log-key "$key" good.json
try e1 stall tile/0/000.p/6 export --timeout 1s --ledger "$files_url/e1" --log-key "$key" exported good.json
for one in $started; do
    name=${one%%:*}
    file=${one#*:}
    wait "${file##*:}"
    file=${file%:*}
    cp "$name.out" "$out"
    cp "$name.err" "$err"
    [ "$(cat "$name.status")" = 75 ] || fail "$name ($file) gave status $(cat "$name.status"), wanted 75"
    expect_empty_stdout
    expect_stderr "error: .*cannot get '$files_url/$name/$file': Operation timed out after 1[0-9]* milliseconds"
    [ "$(grep -c ' error: ' "$err")" = 1 ] || fail 'not one error'
done

# One that only paused is asked again.
echo stall >served/files/s1/checkpoint.fault
expect 0 albs-notarize show --timeout 1 --ledger "$files_url/s1" --log-key "$key" $digest
expect_json '.entries[0].predicate.albs_binding.nevra' p1-1-1.x86_64
# One that wants to be left alone is, for as long as that is within --timeout; beyond it nobody waits.
echo 'status 503 1' >served/files/s1/checkpoint.fault
expect 0 albs-notarize show --timeout 5s --ledger "$files_url/s1" --log-key "$key" $digest
echo 'status 503 3600' >served/files/s1/checkpoint.fault
expect 75 timeout 20 albs-notarize show --timeout 5s --ledger "$files_url/s1" --log-key "$key" $digest
expect_empty_stdout
expect_stderr 'checkpoint.: HTTP status 503; the server wants no other request for 3600 s'
# What cannot be a time is refused before anybody is asked.
for time in 0 1y 1.5 now; do
    expect 2 albs-notarize audit --timeout="$time" --log-key "$key" "$files_url/s1"
    expect_empty_stdout
    expect_stderr "\-\-timeout"
done
