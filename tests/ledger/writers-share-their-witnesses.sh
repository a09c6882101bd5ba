# SPDX-License-Identifier: GPL-3.0-or-later
# Writers whose commits wait for the same witnesses are taken along, too: each gets the proof that its witnesses have
# seen, and they are asked for few checkpoints. One with another policy, or with none, waits for its turn.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/witness.inc"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
test_witness one
printf 'log %s\nwitness one %s %s\nquorum one\n' "$(sed -n 1p "$key")" "$(cat one/vkey)" "$witness_url" >policy
sed 's/one$/none/' policy >other-policy
writer() {
    for round in 1 2; do
        echo "$round of $1" >"f$1.$round"
        albs-notarize files --policy policy "f$1.$round" >"f$1.$round.json" 2>"f$1.$round.err" || return 1
    done
}
pids=
for i in 1 2 3 4 5 6 7 8; do
    writer $i &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || fail "a writer failed: $(cat f*.err)"
done
commits=$(grep -a -A1 '^log.example.org$' "$ALBS_LEDGER/.state/history" | grep -a '^[0-9]*$' | sort -nu | wc -l)
[ "$(sed -n 2p "$ALBS_LEDGER/checkpoint")" = 16 ] || fail 'not each has an entry'
[ "$commits" -le 10 ] || fail "16 entries are $commits commits"
for i in 1 8; do
    expect 0 albs-notarize verify --policy policy "f$i.1.json" "f$i.2.json"
done
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
[ ! -e "$ALBS_LEDGER/.state/held" ] || fail 'something is held'

# Others' terms: the commit that the witness sees has the entry of its own writer alone.
touch locked.by # goes with this test, and so does the lock
flock "$ALBS_LEDGER/.state/lock" sh -c 'touch locked; until [ -e go ] || [ ! -e locked.by ]; do sleep 0.02; done' &
locker=$!
until [ -e locked ]; do sleep 0.02; done
pids=
for with in 'policy' 'other-policy'; do
    echo "with $with" >"with-$with"
    albs-notarize files --policy $with "with-$with" >"with-$with.json" 2>"with-$with.err" &
    pids="$pids $!"
done
until [ "$(find "$ALBS_LEDGER/.state/queue" -type f | wc -l)" = 2 ]; do sleep 0.02; done
touch go
wait $locker
for pid in $pids; do
    wait "$pid" || fail "a writer failed: $(cat with*.err)"
done
grep -a -A1 '^log.example.org$' "$ALBS_LEDGER/.state/history" | grep -aqx 17 || fail 'two entries came in one commit'
