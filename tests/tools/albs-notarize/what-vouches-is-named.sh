# SPDX-License-Identifier: GPL-3.0-or-later
# "verified" says which statements vouch for the file, who made them and when. A test that failed vouches for nothing;
# --require asks for kinds.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
rpm=$(jq -r '[.artifacts[] | select(.kind == "rpm")][0].sha256' "$manifest")
expect_from 0 "$manifest" albs-notarize
cp "$out" n.json
signer=$(jq -r '.notarizations[0].statement.predicate.albs_record.signer' n.json)
echo bytes >file
expect 0 albs-notarize files file
cp "$out" file.json
expect 0 albs-notarize verify --log-key "$key" file.json file
expect_stdout '^verified file$'
entry=$(jq -r '.notarizations[0].id' file.json)
grep -qxE "  file $entry [0-9a-f]{64}" "$out" || fail 'the statement is not named'
expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" file
grep -qxE "  file $entry [0-9a-f]{64}" "$out" || fail 'the statement is not named from the log'
expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" --require build file
expect_stdout '^absent file$'
expect_stderr "no statement of the kind 'build' vouches for it"
expect 2 albs-notarize verify --log-key "$key" --require made-up file
expect_stderr "'made-up'"

# A log that knows nothing but tests of a file.
echo tested >tested
digest=$(sha256sum tested | cut -c1-64)
jq -c --arg digest "$digest" --arg log "$rpm" '.stages = [] | .sources = [] | .tasks = [] | .artifacts = [] | .notarizations = [] |
    .tests = [{id: "t1", artifact: $digest, task: "t", name: "install", status: "fail", reason: "no", log: null}]' n.json >failed.json
export XDG_STATE_HOME="$work/tests"
expect 0 albs-notarize init --origin tests.example.org --ledger tests
expect_from 0 failed.json albs-notarize --ledger tests
expect 1 albs-notarize verify --require-status --ledger tests --log-key tests/log.vkey tested
expect_stdout '^absent tested$'
expect_stderr 'there is only a test that did not pass'
jq -c '.tests[0] += {id: "t2", status: "pass", reason: null}' failed.json >passed.json
expect_from 0 passed.json albs-notarize --ledger tests
expect 1 albs-notarize verify --ledger tests --log-key tests/log.vkey tested
expect_stdout '^absent tested$'
expect_stderr 'there is only a test that passed'
expect 0 albs-notarize files --ledger tests tested
expect 0 albs-notarize verify --require file,test --ledger tests --log-key tests/log.vkey tested
expect_stdout '^  test tests.example.org#1 '
expect_stdout '^  file tests.example.org#2 '
# Done again, it fails: the log's last word on that test, however old manifests and other tests have it.
jq -c '.tests[0] += {id: "t3", reason: "again no"}' failed.json >again.json
expect_from 0 again.json albs-notarize --ledger tests
expect 1 albs-notarize verify --require test --ledger tests --log-key tests/log.vkey tested
expect_stderr "no statement of the kind 'test' vouches for it"
expect 0 albs-notarize verify --ledger tests --log-key tests/log.vkey tested
! grep -q '^  test ' "$out" || fail 'a test vouches that failed last'
