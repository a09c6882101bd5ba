# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# A live witness of the torchwood project on loopback: it cosigns our checkpoints, first and later ones, and a policy
# that asks for it accepts the exported proofs, and only those.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_tool litewitness filippo.io/torchwood/cmd/litewitness@v0.9.0
. "$ALBS_SOURCE/tests/interop/witness.inc"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
start_witness witness.example.org log.example.org "$(cat "$key")"

expect_from 0 "$manifest" albs-notarize
expect 0 albs-notarize witness --witness-key witness.example.org.vkey "$witness_url/"
expect_stdout '^— witness.example.org '
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
cp "$out" file.json
# The witness knows 6 entries and is told so only by its refusal.
expect 0 albs-notarize witness --witness-key witness.example.org.vkey "$witness_url"
expect_stderr 'cosigned 7 entries'
printf 'log %s\nwitness w %s\nquorum w\n' "$(cat "$key")" "$(cat witness.example.org.vkey)" >policy
expect 1 albs-notarize verify --policy policy file.json
expect_stdout '^absent '
expect_stderr 'too few witnesses'
expect 0 albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" proofs file.json
cp "$ALBS_SOURCE/CMakeLists.txt" proofs
expect 0 albs-notarize verify --policy policy proofs/CMakeLists.txt
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"

# A commit that asks it itself; when it is gone, the commit waits for it, also over a crash.
printf '#albs: max-age 7d\nlog %s\nwitness w %s %s/\nquorum w\n' "$(cat "$key")" "$(cat witness.example.org.vkey)" \
    "$witness_url" >asking.policy
make_files 2
expect 0 albs-notarize files --policy asking.policy files/0
cp "$out" zero.json
expect 0 albs-notarize verify --policy asking.policy zero.json
expect_from 0 file.json albs-notarize prove --policy asking.policy
cp "$out" proved.json
expect 0 albs-notarize verify --policy asking.policy proved.json
sed 's/:[0-9]*\/$/:1\//' asking.policy >gone.policy
cp "$ALBS_LEDGER/checkpoint" before
expect 75 albs-notarize files --policy gone.policy files/1
expect_empty_stdout
expect_stderr "too few witnesses cosigned the checkpoint of 9 entries for the quorum 'w': 'w': cannot post to"
same before "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize files --policy asking.policy files/1
expect 0 albs-notarize audit --policy asking.policy "$ALBS_LEDGER"
expect 0 albs-notarize rotate-key --policy asking.policy
expect 0 albs-notarize audit --policy asking.policy "$ALBS_LEDGER"

# A fork of the log is not cosigned.
rm -rf "$ALBS_LEDGER/.state/index.sqlite"*
cp -a "$ALBS_LEDGER" fork
mv "$XDG_STATE_HOME" state.kept
echo one >one
echo two >two
expect 0 albs-notarize files one
expect 0 albs-notarize witness --witness-key witness.example.org.vkey "$witness_url"
rm -rf "$XDG_STATE_HOME"
expect 0 albs-notarize files --ledger "$work/fork" two
expect 4 albs-notarize witness --ledger "$work/fork" --witness-key witness.example.org.vkey "$witness_url"
expect_stderr 'the witness refused the checkpoint'
