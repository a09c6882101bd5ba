# SPDX-License-Identifier: GPL-3.0-or-later
# With a policy a commit is public when its quorum has cosigned it and not before, whatever a witness does: it lies, is
# slow, is gone, has seen other things. What was committed stays, and the next run finishes it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/witness.inc"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
test_witness one
one=$witness_url
test_witness two
two=$witness_url two_pid=$witness_pid
test_witness three
three=$witness_url
policy() {
    printf 'log %s\nwitness one %s %s\nwitness two %s %s/\nwitness three %s %s\n' "$(sed -n 1p "$key")" "$(cat one/vkey)" \
        "$one" "$(cat two/vkey)" "$two" "$(cat three/vkey)" "$three"
    printf '%s\n' "$@"
}
policy 'group most 2 one two three' 'quorum most' >policy
make_files 9
digest() { sha256sum "$1" | cut -c1-64; }
# record FILE [OPTION...]
record() { file=$1 && shift && albs-notarize files --policy policy --timeout "${patience:-1m}" "$@" "$file"; }
# cosigned NAME: the published checkpoint has that witness's cosignature.
cosigned() { grep -q "^— $1.example.org " "$ALBS_LEDGER/checkpoint"; }

expect_from 0 "$manifest" albs-notarize --policy policy
cp "$out" first.json
for name in one two three; do cosigned $name || fail "$name did not cosign"; done
expect 0 albs-notarize verify --policy policy first.json
# Again: the same entries, the same bytes, and nobody is asked.
echo 'status 500 no' | tee one/faults two/faults >three/faults
expect_from 0 "$manifest" albs-notarize --policy policy
same first.json "$out"
[ -s one/faults ] || fail 'a witness was asked for nothing'
rm one/faults two/faults three/faults

# One of them lies: it is named, and two are enough. Another one has a line besides that nobody checked.
echo false >one/faults
echo other >two/faults
expect 0 record files/0
expect_stderr "warning: a witness did not cosign: 'one': the signature of 'one.example.org' does not hold"
cp "$out" zero.json
cosigned one && fail 'a lie was published'
[ "$(grep -c '^— ' "$ALBS_LEDGER/checkpoint")" = 3 ] || fail 'a line that nobody checked was published'
expect 0 albs-notarize verify --policy policy zero.json
# Two of them fail, each in another way: nothing is published, and it is said who and why.
held() {
    cp "$ALBS_LEDGER/checkpoint" before
    expect 75 record "$1"
    expect_empty_stdout
    expect_stderr "too few witnesses cosigned the checkpoint of [0-9]* entries for the quorum 'most'"
    expect_stderr "$2"
    same before "$ALBS_LEDGER/checkpoint"
    expect 1 albs-notarize show --ledger "$ALBS_LEDGER" "$(digest "$1")"
    expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
}
echo false >one/faults
echo stall >two/faults
patience=5 held files/1 "'one': the signature of 'one.example.org' does not hold; 'two': cannot post to '$two/add-checkpoint': Operation timed out"
echo 'status 409 99' >one/faults
echo 'status 404 who' >two/faults
held files/1 "'one': the witness has seen 99 entries, the ledger has only 8; 'two': the witness refused the checkpoint: HTTP status 404 who"
# Whoever has not the policy neither publishes what waits nor commits on top of it.
for command in "files files/2" "mark --reason x $(digest files/0)" rotate-key 'witness --witness-key one/vkey '"$one"; do
    # shellcheck disable=SC2086 # words
    expect 5 albs-notarize $command
    expect_empty_stdout
    expect_stderr 'error: the checkpoint of 8 entries waits for the witnesses of a policy'
    same before "$ALBS_LEDGER/checkpoint"
done
# More is committed meanwhile; the next run that reaches the quorum publishes all.
kill "$two_pid"
echo false >one/faults
held files/2 "'two': cannot post to '$two/add-checkpoint'"
expect 0 record files/1
expect_stderr 'it has 9 entries'
cp "$out" one.json
expect 0 albs-notarize verify --policy policy one.json
expect 0 record files/1
same one.json "$out"
expect 0 record files/2
cp "$out" two.json
expect 0 albs-notarize verify --policy policy two.json
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"
[ ! -e "$ALBS_LEDGER/.state/held" ] || fail 'something is held'
# However far the log goes, a proof is of what its witnesses saw first.
expect 0 record files/0
same zero.json "$out"
expect 0 record files/1
same one.json "$out"

# mark, commits and rotate-key likewise.
echo false >one/faults
expect 75 albs-notarize mark --policy policy --reason bad "$(digest files/1)"
expect_empty_stdout
expect 0 albs-notarize verify --policy policy one.json --ledger "$ALBS_LEDGER"
expect 0 albs-notarize mark --policy policy --reason bad "$(digest files/2)"
expect 1 albs-notarize verify --policy policy one.json --ledger "$ALBS_LEDGER"
expect_stdout '^revoked '
expect 0 albs-notarize rotate-key --policy policy --timeout 2
cosigned three || fail 'a change of keys lost the cosignatures'
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"

# What the policy may leave out: it goes on, and says so, also with -q.
policy 'group most 2 one two three' '#albs: without-quorum continue' 'quorum most' >policy
echo false >one/faults
expect 0 record files/3 -q
expect_stderr "warning: the checkpoint of 12 entries is public without the quorum 'most': 'one': "
cp "$out" three.json
cosigned three || fail 'the one good cosignature is not there'
expect 1 albs-notarize verify --policy policy three.json
expect_stdout '^absent '
expect_stderr "too few witnesses cosigned the checkpoint for the quorum 'most'; renew the proof: albs-notarize prove --policy"
# prove is the way on, once the log is cosigned; before that it says so and writes nothing.
expect_from 3 three.json albs-notarize prove --policy policy
expect_empty_stdout
expect_stderr "too few witnesses cosigned the checkpoint for the quorum 'most'"
expect 0 record files/4
expect_from 0 three.json albs-notarize prove --policy policy
cp "$out" proved.json
expect 0 albs-notarize verify --policy policy proved.json
expect 0 albs-notarize verify --policy policy three.json --ledger "$ALBS_LEDGER"

# What cannot come to an end is refused before anything is committed.
cp "$ALBS_LEDGER/checkpoint" before
refused() {
    expect "$1" record files/5
    expect_empty_stdout
    expect_stderr "$2"
    same before "$ALBS_LEDGER/checkpoint"
    expect 1 albs-notarize show --ledger "$ALBS_LEDGER" "$(digest files/5)"
}
policy 'group most 2 one two three' 'quorum most' | sed 's| http.*||' >policy
refused 3 "'policy': the quorum 'most' cannot be met by the witnesses that have an address"
policy 'quorum none' | sed 1d >policy
refused 3 "'policy': no log"
policy 'quorum none' | sed "s|^log .*|log $(albs-notarize init --origin other.example.org --ledger other 2>/dev/null)|" >policy
refused 3 "'policy' does not name the key of this ledger"
expect 2 albs-notarize files --policy policy --timeout soon files/5
expect 5 albs-notarize files --policy nowhere files/5
expect_empty_stdout
