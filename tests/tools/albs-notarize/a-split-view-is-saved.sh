# SPDX-License-Identifier: GPL-3.0-or-later
# A proof (of a manifest, or beside a file) and the log that is read contradict each other: both signed checkpoints are
# saved as files that can be handed on, also on a machine that remembers nothing of the log.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$key" log.vkey
cp -a "$ALBS_LEDGER" forked
cp -a "$XDG_STATE_HOME" forked.state
echo more >more
expect 0 albs-notarize files more
cp "$out" more.json
expect 0 albs-notarize export -q --log-key log.vkey . more.json
for name in one two; do
    echo $name >$name
    XDG_STATE_HOME="$work/forked.state" expect 0 albs-notarize files --ledger forked $name
done
# on_machine NAME STATUS ARGS...: one of its own, which has seen nothing of the log.
on_machine() {
    XDG_STATE_HOME="$work/$1" expect "$2" albs-notarize verify --log-key log.vkey "$3" "$4" "$5" ${6+"$6"}
}
on_machine none 0 --ledger "$ALBS_LEDGER" more.json
for operand in more.json more; do
    on_machine dry-$operand 4 --ledger forked $operand -n
    expect_stderr 'two histories'
    [ ! -e dry-$operand/albs/heads ] || fail 'a dry run saved something'
    on_machine m-$operand 4 --ledger forked $operand
    expect_empty_stdout
    expect_stderr 'two histories'
    split=$(echo m-$operand/albs/heads/*.split)
    [ "$(find "$split" -name '*.checkpoint' | wc -l)" = 2 ] || fail "not two checkpoints in '$split'"
    for file in "$split"/*.checkpoint; do
        expect_stderr "hint: .*'$work/$file'"
    done
    cat "$ALBS_LEDGER/checkpoint" forked/checkpoint | sort >both
    cat "$split"/*.checkpoint | sort >saved
    same both saved
    # Whoever gets one of them can hold the other log against it.
    expect 4 albs-notarize audit -n --remember none --log-key log.vkey --checkpoint "$(echo "$split"/7-*.checkpoint)" forked
    expect_stderr 'two histories'
    expect 0 albs-notarize audit -n --remember none --log-key log.vkey --checkpoint "$(echo "$split"/8-*.checkpoint)" forked
    sed '1,/^$/d' "$split"/*.add-checkpoint >note
    same note forked/checkpoint
done
# A log that is behind a proof is an old copy, or worse: it tells nothing of that proof, and nothing is saved.
expect_from 0 more.json albs-notarize
cp -a "$ALBS_LEDGER" old
echo later >later
expect 0 albs-notarize files later
cp "$out" later.json
expect 0 albs-notarize export -q --log-key log.vkey . later.json
on_machine behind 1 --ledger old later
expect_stdout '^absent later$'
expect_stderr 'its checkpoint of 8 entries is newer than the log at hand, which has 7'
on_machine behind 1 --ledger old later.json
expect_stdout '^absent later '
[ -z "$(find behind -name '*.split')" ] || fail 'an old copy was taken for a second history'
