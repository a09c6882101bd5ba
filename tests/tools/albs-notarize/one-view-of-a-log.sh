# SPDX-License-Identifier: GPL-3.0-or-later
# A run fetches a log's checkpoint once, holds it against what it remembers, and uses it for everything: a mirror cannot
# show the remembered checkpoint to one question and an old one, without a revocation, to the next.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
. "$ALBS_SOURCE/tests/fixture/server.sh"
echo s1 >s1
echo s2 >s2
expect 0 albs-notarize files s1 s2
cp "$out" s.json
cp "$ALBS_LEDGER/checkpoint" old
expect 0 albs-notarize mark --reason backdoor "$(sha256sum s1 | cut -c1-64)"
expect 0 albs-notarize files s.json
mkdir -p served/files
cp -a "$ALBS_LEDGER" served/files/L
rm -rf served/files/L/.state
cp old served/files/old
start_server served
defer stop_server
log="$files_url/L/"
export XDG_STATE_HOME="$work/verifier"
expect 1 albs-notarize verify --require-status --ledger "$log" --log-key "$key" s.json
expect_stdout '^revoked s1 '
[ "$(grep -c 'GET /files/L/checkpoint 200' "$server_log")" = 1 ] || fail 'the checkpoint was not fetched once'
# Old at the first request, new at the next ones.
for verb in "verify --require-status s.json --ledger $log" "verify -n s.json --ledger $log" "audit $log" \
    "show $(sha256sum s1 | cut -c1-64) --ledger $log" "export beside s.json --ledger $log"; do
    echo 'instead old' >served/files/L/checkpoint.fault
    # shellcheck disable=SC2086 # words
    expect 4 albs-notarize $verb --log-key "$key"
    expect_stderr 'the log had 4 entries and now has 2'
    rm -f served/files/L/checkpoint.fault
done
# What a verifier starts from can be given: here, on a machine that remembers nothing.
XDG_STATE_HOME="$work/stranger" expect 0 albs-notarize verify -n --ledger "$log" --log-key "$key" --checkpoint old s2
cp "$ALBS_LEDGER/checkpoint" new
rm -rf "$work/stranger"
echo 'instead old' >served/files/L/checkpoint.fault
XDG_STATE_HOME="$work/stranger" expect 4 albs-notarize verify --ledger "$log" --log-key "$key" --checkpoint new s2
expect_stderr 'the log had 4 entries and now has 2'
sed s/log.example.org/other.example.org/ new >foreign
expect 3 albs-notarize verify --ledger "$log" --log-key "$key" --checkpoint foreign s2
expect_stderr "'foreign' is a checkpoint of 'other.example.org', not of 'log.example.org'"
echo nonsense >nonsense
expect 3 albs-notarize verify --ledger "$log" --log-key "$key" --checkpoint nonsense s2
expect_stderr "'nonsense': a note"
