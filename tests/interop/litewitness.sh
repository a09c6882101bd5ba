# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# A live witness of the torchwood project on loopback: it cosigns our checkpoints, first and later ones, and a policy that
# asks for it accepts the exported proofs, and only those.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_tool litewitness filippo.io/torchwood/cmd/litewitness@v0.9.0
for program in ssh-agent ssh-add ssh-keygen sqlite3; do
    command -v $program >/dev/null || skip "no $program"
done
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
ssh-keygen -q -t ed25519 -N '' -f witness.key
ssh-agent -D -a "$work/agent" >/dev/null 2>&1 &
defer "kill $!"
sleep 0.5
SSH_AUTH_SOCK="$work/agent" ssh-add -q witness.key || fail 'no agent'
fingerprint=$(ssh-keygen -lf witness.key.pub | cut -d' ' -f2)
port=$((20000 + $$ % 20000))
sqlite3 witness.db "CREATE TABLE log (origin TEXT PRIMARY KEY, tree_size INTEGER NOT NULL, tree_hash TEXT NOT NULL);
    CREATE TABLE key (origin TEXT NOT NULL, key TEXT NOT NULL, FOREIGN KEY(origin) REFERENCES log(origin));
    INSERT INTO log VALUES ('log.example.org', 0, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    INSERT INTO key VALUES ('log.example.org', '$(cat "$key")');" || fail 'no database'
"$tool_path" -db witness.db -name witness.example.org -key "$fingerprint" -ssh-agent "$work/agent" -listen "127.0.0.1:$port" >witness.log 2>&1 &
defer "kill $!"
tries=0
until grep -q 'vkey=' witness.log || [ $tries -gt 50 ]; do sleep 0.2; tries=$((tries + 1)); done
grep -o 'vkey=[^ ]*' witness.log | head -n 1 | sed 's/^vkey=//; s/"//g' >witness.vkey
[ -s witness.vkey ] || fail "no witness: $(cat witness.log)"

expect_from 0 "$manifest" albs-notarize
expect 0 albs-notarize witness --witness-key witness.vkey "http://127.0.0.1:$port/"
expect_stdout '^— witness.example.org '
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
cp "$out" file.json
# The witness knows 6 entries and is told so only by its refusal.
expect 0 albs-notarize witness --witness-key witness.vkey "http://127.0.0.1:$port"
expect_stderr 'cosigned 7 entries'
printf 'log %s\nwitness w %s\nquorum w\n' "$(cat "$key")" "$(cat witness.vkey)" >policy
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
expect 0 albs-notarize witness --witness-key witness.vkey "http://127.0.0.1:$port"
rm -rf "$XDG_STATE_HOME"
expect 0 albs-notarize files --ledger "$work/fork" two
expect 4 albs-notarize witness --ledger "$work/fork" --witness-key witness.vkey "http://127.0.0.1:$port"
expect_stderr 'the witness refused the checkpoint'
