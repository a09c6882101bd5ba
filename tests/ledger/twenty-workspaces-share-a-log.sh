# SPDX-License-Identifier: GPL-3.0-or-later
# Twenty workspaces record in one log, ten through its directory and ten through a pipe, as `ssh notary albs-notarize`
# is one: everything is recorded, every proof holds, and nobody waits for more than ten commits of the others.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
workspaces=20
rounds=${ALBS_SHARED_ROUNDS:-4}
ledger=$ALBS_LEDGER
unset ALBS_LEDGER
# In the first ten the ledger is named, in the others only the manifest travels.
record() {
    if [ "$1" -le 10 ]; then
        albs-notarize --ledger "$ledger" <"$2"
    else
        sh -c "cd / && ALBS_WORKSPACE=$work/notary albs-notarize --ledger '$ledger'" <"$2"
    fi
}
workspace() {
    mkdir "w$1"
    export ALBS_WORKSPACE="$work/w$1/.albs"
    for round in $(seq "$rounds"); do
        digest=$(echo "$round of $1" | sha256sum | cut -c1-64)
        jq -nc --arg digest "$digest" '{schema: "albs.manifest/1", sources: [], tasks: [], artifacts: [{sha256: $digest, size: 9,
            name: "f", kind: "file", rpm: null, unsigned: null}], tests: [], signatures: [], notarizations: [], releases: [],
            stages: []}' >"w$1/$round.json"
        before=$(sed -n 2p "$ledger/checkpoint")
        record "$1" "w$1/$round.json" >"w$1/$round.notarized.json" 2>"w$1/$round.err" || return 1
        echo "$1 $before $(jq '.notarizations[0].index' "w$1/$round.notarized.json")" >>"w$1/waits"
    done
}
started=
for i in $(seq $workspaces); do
    workspace "$i" &
    started="$started $!"
done
for pid in $started; do
    wait "$pid" || fail "a workspace failed: $(cat w*/*.err)"
done
cat w*/waits >waits
[ "$(cut -d' ' -f3 waits | sort -un | wc -l)" = $((workspaces * rounds)) ] || fail "not each has an entry: $(cat waits)"
[ "$(sed -n 2p "$ledger/checkpoint")" = $((workspaces * rounds)) ] || fail 'the log has other entries'
expect 0 albs-notarize audit --log-key "$key" "$ledger"
for i in 1 $workspaces; do
    expect 0 albs-notarize verify --log-key "$key" --ledger "$ledger" "w$i/$rounds.notarized.json"
done
# For each, the commits without its entry between its start and its own commit: how many, and how many at most that
# another one's entry came with.
grep -a -A1 '^log.example.org$' "$ledger/.state/history" | grep -a '^[0-9]*$' | sort -nu >commits
awk 'FILENAME == "commits" { ends[++commits] = $1; next }
    { who[$3] = $1; from[$3] = $2; ++entries }
    END {
        for (at in who) {
            waited = 0
            for (c = 1; c <= commits; ++c) waited += ends[c] > from[at] && ends[c] <= at + 0
            if (waited > longest) longest = waited
            sum += waited
        }
        print longest, sum / entries, commits
    }' commits waits >fairness
read -r longest mean commits <fairness
echo "the longest wait was $longest commits of others, the mean $mean; $((workspaces * rounds)) entries in $commits commits"
[ "$longest" -le 10 ] || fail "one waited for $longest commits of the others"
