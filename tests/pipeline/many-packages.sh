# SPDX-License-Identifier: GPL-3.0-or-later
# Twice as many packages take twice as many calls, and no more: nothing walks a table for each record of a table. The
# calls are those that tests/fixture/count_calls.cpp counts; no time is measured. One comparison for each pair of
# packages shows from 300 packages on. ALBS_TEST_PACKAGES: another number.
. "$ALBS_SOURCE/tests/lib.sh"
counter=$ALBS_BUILD/tests/libalbs_calls.so
[ -e "$counter" ] || skip 'a sanitizer must be loaded first'

many=${ALBS_TEST_PACKAGES:-400}
key=$(printf '%040d' 0)
# calls COMMAND...: how many it makes.
calls() {
    rm -f told
    LD_PRELOAD=$counter ALBS_COUNT_CALLS=told "$@" >"$out" 2>"$err" || fail "'$*' gave status $?"
    [ -s told ] || fail "'$*' was not counted"
    read -r count <told
}
# linear NAME COMMAND...: its last operand is NAME-N.json, with N packages. What one package takes is what the tool and
# its libraries take to start, and counts for none.
linear() {
    name=$1
    shift
    calls "$@" "$name-1.json"
    start=$count
    calls "$@" "$name-$((many / 2)).json"
    half=$((count - start))
    calls "$@" "$name-$many.json"
    count=$((count - start))
    [ $((count * 10)) -le $((half * 21)) ] || fail "'$*' takes $half calls for $((many / 2)) packages, $count for $many"
    [ $((count * 10)) -ge $((half * 15)) ] || fail "'$*' takes as many calls for half of the packages: $half, $count"
}
expect 0 albs-notarize init -q --origin localhost/many
for number in 1 $((many / 2)) "$many"; do
    python3 "$ALBS_SOURCE/tests/fixture/many_packages.py" "$number" >"bare-$number.json" || fail 'no manifest'
    expect 0 albs-notarize -q -o "recorded-$number.json" "bare-$number.json"
    expect 0 albs-sbom -q -o "sbom-$number.json" "recorded-$number.json"
done
linear bare albs-notarize -n -q -j 1
linear bare albs-sign -n -q -j 1 --waive 'notarization=not recorded' --key "$key"
linear recorded albs-notarize -n -q -j 1
linear recorded albs-notarize verify -q -j 1 --log-key .albs/ledger/log.vkey
linear recorded albs-build -n -q -j 1 --require-notarized
linear recorded albs-test -n -q -j 1
linear recorded albs-sign -n -q -j 1 --key "$key"
linear recorded albs-sbom -q -j 1
linear recorded albs-sbom -q -j 1 --format spdx
linear recorded albs-sbom -q -j 1 --format intoto
linear sbom albs-sbom verify -q -j 1 --log-key .albs/ledger/log.vkey
