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
expect 4 albs-notarize verify --policy policy file.json
expect_stderr 'too few witnesses'
expect 0 albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" proofs file.json
cp "$ALBS_SOURCE/CMakeLists.txt" proofs
expect 0 albs-notarize verify --policy policy proofs/CMakeLists.txt
expect 0 albs-notarize audit --policy policy "$ALBS_LEDGER"

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
