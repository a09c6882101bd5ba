# SPDX-License-Identifier: GPL-3.0-or-later
# A log that was cut, restored from a backup or went another way looks perfect by itself; a verifier that has seen more
# of it says so, and remembers what it saw.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
writer_state="$XDG_STATE_HOME"
expect_from 0 "$manifest" albs-notarize
cp "$out" old.json
cp "$key" log.vkey
cp -a "$ALBS_LEDGER" backup
cp -a "$writer_state" backup.state
echo more >more
expect 0 albs-notarize files more
cp "$out" more.json
# The verifier is another machine, with a memory of its own.
as_verifier() {
    wanted=$1
    shift
    XDG_STATE_HOME="$work/verifier" expect "$wanted" albs-notarize "$@"
}
look() { as_verifier "$1" verify --log-key log.vkey --ledger "$2" old.json; }
look 0 "$ALBS_LEDGER"
look 4 backup
expect_stderr "the log had 7 entries and now has 6"
as_verifier 4 audit --log-key log.vkey backup
# The same log, where somebody else went on from the backup with the same keys.
cp -a backup forked
echo different >different
XDG_STATE_HOME="$work/backup.state" expect 0 albs-notarize files --ledger forked different
cp "$out" different.json
look 4 forked
expect_stderr 'two histories'
# Both signed checkpoints are the proof of it.
[ "$(grep -o '— log.example.org ' "$err" | wc -l)" = 2 ] || fail 'the two signed notes are not told'
as_verifier 4 verify --log-key log.vkey --ledger forked different.json
# They are saved, too: each is a checkpoint that can be handed on, and both are found again under the same names.
split=$(echo "$work"/verifier/albs/heads/*.split)
split_files() { ls "$split"; }
[ "$(split_files | grep -c '^7-[0-9a-f]*\.checkpoint$')" = 2 ] || fail "not two checkpoints in $split: $(split_files)"
for file in "$split"/*.checkpoint; do
    expect_stderr "hint: .*'$file'"
done
for log in "$ALBS_LEDGER" forked; do
    grep -lF "$(sed -n 3p "$log/checkpoint")" "$split"/*.checkpoint >found || fail "$log's checkpoint was not saved"
    expect 0 albs-notarize audit -n --remember none --log-key log.vkey --checkpoint "$(cat found)" "$log"
done
for file in "$split"/*.checkpoint; do
    grep -q "$(sed -n 3p "$ALBS_LEDGER/checkpoint")" "$file" && continue
    expect 4 albs-notarize audit -n --remember none --log-key log.vkey --checkpoint "$file" "$ALBS_LEDGER"
done
split_files >before
as_verifier 4 audit --log-key log.vkey forked
expect_stderr "hint: both checkpoints, with their signatures, are in '.*split/7-"
split_files >after
same before after
# A larger fork is no extension either.
echo third >third
XDG_STATE_HOME="$work/backup.state" expect 0 albs-notarize files --ledger forked third
as_verifier 4 verify -n --log-key log.vkey --ledger forked old.json
expect_stderr 'two histories'
split_files >after
same before after # a dry run saves nothing
look 4 forked
# What the log itself proves of its other history is a request that a witness would refuse: C2SP tlog-witness.
proof=$(echo "$split"/*.add-checkpoint)
[ "$(sed -n 1p "$proof")" = 'old 7' ] || fail "'$proof' starts with '$(sed -n 1p "$proof")'"
sed '1,/^$/d' "$proof" >note
same note forked/checkpoint
# An old copy is no second history: nothing is kept of it.
rm -r "$split"
look 4 backup
[ ! -e "$split" ] || fail 'an old copy was taken for a second history'
# The writer is refused the backup too, and signs nothing.
rm -rf "$ALBS_LEDGER"
cp -a backup "$ALBS_LEDGER"
expect 4 albs-notarize files third
same "$ALBS_LEDGER/checkpoint" backup/checkpoint
