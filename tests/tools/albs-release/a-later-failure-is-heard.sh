# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest says that the tests passed, and the ledger that they failed elsewhere or later, before the manifest was
# recorded or since: not released without a waiver, until they pass again; nor where the ledger withholds what may say so.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
ALBS_LEDGER="$work/ledger"
export ALBS_LEDGER
make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release -n --to repo --key "$key"
# again STATUS HOUR: the first test of the package was done again, elsewhere.
again() {
    jq -c --arg status "$1" --arg hour "$2" '.tests[0] as $test |
        {schema, tests: [$test + {status: $status, reason: (if $status == "pass" then null else "not today" end),
            finished: "2026-06-01T\($hour):00:00Z"}]}' signed.json >again.json
    expect_from 0 again.json albs-notarize
}
release() { expect_from "$1" signed.json albs-release --to repo --key "$key"; }
again fail 10
entry=$(jq -r '.notarizations[-1].id' "$out")
release 1
expect_stderr "^albs-release: warning: hello-.*: refused: .*failed, by entry $entry of the log\$"
expect_json '.releases | length' 0
[ ! -e repo ] || fail 'something was published'
expect_from 0 signed.json albs-release -n --to repo --key "$key" --waive 'test=a broken test'

# A copy of the ledger without that statement, which a list of statuses covers.
expect 0 albs-notarize mark --status superseded --reason 'another one' "$(jq -r '.sources[0].srpm' signed.json)"
cp -a "$ALBS_LEDGER" whole
rm -r "$ALBS_LEDGER/.state"
sed -i "$((${entry##*#} + 1))s/.*//" "$ALBS_LEDGER"/attestations/000.intoto.jsonl
release 1
expect_stderr 'refused: .*1 statements of the ledger .* are withheld: a test that failed may be among them'
[ ! -e repo ] || fail 'something was published'
rm -r "$ALBS_LEDGER"
mv whole "$ALBS_LEDGER"
again pass 11
expect 0 albs-notarize mark --status valid --reason 'it was not' "$(jq -r '.sources[0].srpm' signed.json)"
release 0
expect_json '.releases | length' 3

# Another ledger, where it failed before the manifest was recorded.
export XDG_STATE_HOME="$work/other.state" ALBS_LEDGER="$work/other"
expect 0 albs-notarize init --origin other.example.org
again fail 12
jq -c '.notarizations = [] | .ledgers = [] | .stages = []' signed.json >plain.json
expect_from 0 plain.json albs-notarize
cp "$out" recorded.json
expect_from 1 recorded.json albs-release --to another --key "$key"
expect_stderr 'refused: .*failed, by entry other.example.org#0 of the log$'
