# SPDX-License-Identifier: GPL-3.0-or-later
# What is remembered of a log is remembered by its name: a change of its key makes neither writer nor verifier forget.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
for name in r1 r2 r3 r4 r5; do echo $name >$name; done
expect 0 albs-notarize files r1 r2
cp "$out" r.json
cp -a "$ALBS_LEDGER" backup
expect 0 albs-notarize rotate-key
expect 0 albs-notarize files r3
expect 0 albs-notarize files r4
cp "$ALBS_LEDGER/log.vkey" both
# The writer, on a backup from before the rotation.
mv "$ALBS_LEDGER" good
cp -a backup "$ALBS_LEDGER"
expect 4 albs-notarize files r5
expect_stderr 'the checkpoint remembered on this machine has 4 entries, the ledger only 2: it was rolled back'
same "$ALBS_LEDGER/checkpoint" backup/checkpoint
# The verifier knows four entries, by the first key; then it is shown two, by the new key alone.
export XDG_STATE_HOME="$work/verifier"
expect 0 albs-notarize verify --ledger good --log-key both r.json
rm -rf "$ALBS_LEDGER"
cp -a backup "$ALBS_LEDGER"
XDG_STATE_HOME="$work/elsewhere" expect 0 albs-notarize rotate-key
XDG_STATE_HOME="$work/elsewhere" expect 0 albs-notarize rotate-key --drop-old
cat "$ALBS_LEDGER/log.vkey" both | sort -u >all
expect 4 albs-notarize verify --ledger "$ALBS_LEDGER" --log-key all r.json
expect_stderr 'the log had 4 entries and now has 2'
expect 4 albs-notarize audit --log-key all "$ALBS_LEDGER"

# Where the memory is: --remember, else $ALBS_REMEMBER, else the user's state.
mkdir shared
expect 0 albs-notarize verify --ledger good --log-key both --remember shared r.json
[ -n "$(ls shared)" ] || fail 'nothing in the directory that was named'
ALBS_REMEMBER="$work/shared" expect 4 albs-notarize verify --ledger "$ALBS_LEDGER" --log-key all r.json
# One that cannot be written fails before the commit.
size=$(sed -n 2p good/checkpoint)
: >file
expect 5 albs-notarize files --ledger good --remember file r5
expect_stderr "'file'"
[ "$(sed -n 2p good/checkpoint)" = "$size" ] || fail 'it was committed'
# Nor one that knows the log and cannot be written any more.
expect 0 albs-notarize files --ledger good --remember full r5
size=$(sed -n 2p good/checkpoint)
rm full/*.lock
for head in full/*; do mkdir "$head.lock"; done
echo r6 >r6
expect 5 albs-notarize files --ledger good --remember full r6
expect_stderr "'full/"
[ "$(sed -n 2p good/checkpoint)" = "$size" ] || fail 'it was committed'
# A second log of a name that is known here is not begun.
expect 2 albs-notarize init --origin log.example.org --ledger second
expect_stderr "a log named 'log.example.org' with 4 entries is remembered on this machine"
[ ! -e second ] || fail 'it was made'
