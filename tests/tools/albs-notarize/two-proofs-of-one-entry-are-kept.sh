# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest and an export that took the same revocation from different checkpoints are both right: together they have
# both proofs. Two trees of one size, and anything else that differs, stay contradictions. The same of proofs that share
# nothing with others, which manifests of earlier versions have.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" before.json
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
expect 0 albs-notarize mark --reason 'built by a broken compiler' $digest
expect_from 0 before.json albs-notarize
cp "$out" first.json
# The log grows; the export takes its proof from the new checkpoint.
echo more >more
expect 0 albs-notarize files more
expect_from 0 before.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" --repodata second.json proofs
checkpoints() { jq -c '.notarizations[] | select(.kind == "status") | .checkpoints' "$1"; }
[ "$(checkpoints first.json)" != "$(checkpoints second.json)" ] || fail 'the two have the same proof'

merge() { cat "$@" >both.json; }
verify() { albs-notarize verify --log-key "$key" "$@"; }
for order in 'first.json second.json' 'second.json first.json' 'first.json second.json first.json second.json'; do
    # shellcheck disable=SC2086 # words
    expect 1 verify $order
    expect_stdout "^revoked p1-1-1.x86_64.rpm $digest$"
    # shellcheck disable=SC2086 # words
    merge $order
    expect_from 0 both.json albs-notarize
    cp "$out" merged.json
    expect_json '[.notarizations[] | select(.kind == "status") | .id, (.checkpoints | length)] | join(" ")' \
        'log.example.org#6 2'
    expect_json '.ledgers | length' 1
    expect 1 verify merged.json
done
expect 1 verify --ledger "$ALBS_LEDGER" merged.json first.json second.json
# Exported once.
expect_from 0 merged.json albs-notarize export --log-key "$key" exported
expect_stdout '^p1-1-1.x86_64.rpm.status.tlog-proof$'
! grep -q 'status\.1\.' "$out" || fail 'exported twice'
# What only one of the two has, and what both have and say differently.
for change in '.index = 5' '.signature = "AAAA"' '.statement._type = "x"' '.signer = "000000000000"'; do
    jq -c ".stages = [] | (.notarizations[] | select(.kind == \"status\")) |= ($change)" second.json >changed.json
    ! cmp -s changed.json second.json || fail "'$change' changes nothing"
    expect 4 verify first.json changed.json
    expect_empty_stdout
    expect_stderr "contradict each other"
done
jq -c '.stages = [] | .ledgers[0].nodes[-1].hashes[-1] = .ledgers[0].nodes[0].hashes[0]' second.json >changed.json
expect 4 verify first.json changed.json
expect_empty_stdout
expect_stderr "log.example.org"

completed() { python3 "$ALBS_SOURCE/tests/fixture/complete_notarizations.py" <"$1" >"$2"; }
completed first.json old-first.json
completed second.json old-second.json
for order in 'old-first.json old-second.json' 'old-second.json old-first.json'; do
    # shellcheck disable=SC2086 # words
    merge $order
    expect_from 0 both.json albs-notarize
    cp "$out" merged.json
    expect_json '[.notarizations[] | select(.kind == "status") | .id | sub("@[0-9a-f]{12}$"; "@")] | join(" ")' \
        'log.example.org#6 log.example.org#6@'
    expect_json '[.notarizations[] | select(.kind == "status") | .proof] | unique | length' 2
    expect 1 verify merged.json
done
# The second id is that of its proof, and its proof is checked like any other.
hash=$(jq -rj '.notarizations[] | select(.id | test("@")) | .proof' merged.json | sha256sum | cut -c1-12)
expect 0 jq -er --arg id "log.example.org#6@$hash" '.notarizations[] | select(.id == $id) | .id' merged.json
jq -c '.stages = [] | (.notarizations[] | select(.id | test("@")) | .id) = "log.example.org#6@000000000000"' \
    merged.json >changed.json
expect 4 verify changed.json
expect_stderr "'id' names another entry than its proof does"
expect 1 verify merged.json first.json second.json
expect_from 0 merged.json albs-notarize export --log-key "$key" exported-old
! grep -q 'status\.1\.' "$out" || fail 'exported twice'
# Another index, another leaf, a proof that leads nowhere: contradictions as ever.
for change in '.index = 5' '.entry = "AAAA"' '.proof |= sub("index 6"; "index 5")' '.proof |= sub("\n8\n"; "\n9\n")' \
    '.envelope.payload = "e30="'; do
    jq -c "(.notarizations[] | select(.kind == \"status\")) |= ($change)" old-second.json >changed.json
    ! cmp -s changed.json old-second.json || fail "'$change' changes nothing"
    expect 4 verify old-first.json changed.json
    expect_empty_stdout
    expect_stderr "contradict each other"
done

# Two trees of one size, signed by one key: the log forked, and that is said.
cp -a "$ALBS_LEDGER" "$work/forked"
cp -a "$XDG_STATE_HOME" "$work/forked.state"
echo mine >mine
echo yours >yours
expect 0 albs-notarize files mine
XDG_STATE_HOME="$work/forked.state" expect 0 albs-notarize files --ledger "$work/forked" yours
expect_from 0 before.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" --repodata mine.json proofs
XDG_STATE_HOME="$work/forked.state" expect_from 0 before.json albs-notarize export --log-key "$key" --ledger "$work/forked" --repodata yours.json proofs
expect 4 verify mine.json yours.json
expect_empty_stdout
expect_stderr "two records of ledgers 'log.example.org' contradict each other in 'nodes': node 0/8 is "
expect_stderr 'the log shows two histories'
completed mine.json old-mine.json
completed yours.json old-yours.json
expect 4 verify old-mine.json old-yours.json
expect_empty_stdout
expect_stderr "the proofs of notarization 'log.example.org#6' are from two trees of 9 entries: the log shows two histories"
