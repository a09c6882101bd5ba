# SPDX-License-Identifier: GPL-3.0-or-later
# What a witness answers is kept only if it verifies; whatever else it answers, or when it never does, the checkpoint
# stays as it was, and nobody else has to wait for it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v openssl >/dev/null || skip 'no openssl'
mkdir w
/usr/bin/python3 "$ALBS_SOURCE/tests/fixture/witness.py" witness.example.org w </dev/null >w/out 2>&1 &
defer "kill $!"
tries=0
until [ -s w/port ]; do
    tries=$((tries + 1))
    [ $tries -le 200 ] || fail "the witness did not start: $(cat w/out)"
    sleep 0.05
done
url="http://127.0.0.1:$(cat w/port)"
# ask TIME
ask() { albs-notarize witness --witness-key w/vkey --timeout "$1" "$url/"; }
printf 'log %s\nwitness w %s\nquorum w\n' "$(cat "$key")" "$(cat w/vkey)" >policy
expect_from 0 "$manifest" albs-notarize
cp "$ALBS_LEDGER/checkpoint" before
# refused STATUS FAULT MESSAGE
refused() {
    echo "$2" >w/faults
    expect "$1" ask 1
    expect_empty_stdout
    expect_stderr "$3"
    same before "$ALBS_LEDGER/checkpoint"
}
refused 4 false 'signature'
refused 3 'text nonsense' 'the witness answers with no cosignature'
refused 4 "text $(sed -n 5p before)" 'witness.example.org'
refused 4 'status 422 no' 'the witness refused the checkpoint: HTTP status 422 no'
refused 3 'status 403 who are you' 'the witness refused the checkpoint: HTTP status 403 who are you'
refused 3 'status 404' 'HTTP status 404'
refused 3 'status 409 many' 'the witness does not say how many entries it has seen'
refused 4 'status 409 7' 'the witness has seen 7 entries, the ledger has only 6'
refused 75 'status 503' "cannot post to '$url/add-checkpoint': HTTP status 503"
refused 75 stall "cannot post to '$url/add-checkpoint': Operation timed out"
printf 'status 409 1\nstatus 409 2\nstatus 409 3\n' >w/faults
expect 75 ask 1m
expect_empty_stdout
expect_stderr 'busy'
same before "$ALBS_LEDGER/checkpoint"
expect 2 ask soon
expect_empty_stdout
expect_stderr "\-\-timeout 'soon' is no time"
expect 2 ask 0

expect 0 ask 1m
expect_stdout '^— witness.example.org '
expect_stderr "'witness.example.org' cosigned 6 entries"
same "$out" "$ALBS_LEDGER/checkpoint"
# Again: the same tree, another time; one line each.
expect 0 ask 1m
[ "$(grep -c '^— witness.example.org ' "$ALBS_LEDGER/checkpoint")" = 1 ] || fail 'not one line of the witness'
# A key of a kind that we do not know (06, ML-DSA) is as good as not there.
echo other >w/faults
expect 0 ask 1m
[ "$(grep -c '^— ' "$ALBS_LEDGER/checkpoint")" = 2 ] || fail 'a line that nobody checked was kept'
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"

# While the witness thinks the ledger grows: nobody waits, and what is cosigned in the end is the new checkpoint.
make_files 1
echo "wait $work/go" >w/faults
ask 1m >late 2>late.err &
asking=$!
tries=0
until [ -e go.begun ]; do
    tries=$((tries + 1))
    [ $tries -le 200 ] || fail "the witness was not asked: $(cat late.err)"
    sleep 0.05
done
expect 0 timeout 10 albs-notarize files files/0
touch go
wait $asking || fail "not cosigned: $(cat late.err)"
grep -q 'cosigned 7 entries' late.err || fail "$(cat late.err)"
same late "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"
