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
# A larger fork is no extension either.
echo third >third
XDG_STATE_HOME="$work/backup.state" expect 0 albs-notarize files --ledger forked third
look 4 forked
# The writer is refused the backup too, and signs nothing.
rm -rf "$ALBS_LEDGER"
cp -a backup "$ALBS_LEDGER"
expect 4 albs-notarize files third
same "$ALBS_LEDGER/checkpoint" backup/checkpoint
