# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest says that the tests passed, and the ledger that they were done again since then and failed: not released
# without a waiver, until they pass again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release -n --to repo --key "$key"
# again STATUS HOUR: the first test of the package was done again, elsewhere.
again() {
    jq -c --arg status "$1" --arg hour "$2" '.tests[0] as $test |
        {schema, tests: [$test + {id: "again-\($status)", status: $status, reason: (if $status == "pass" then null else
            "not today" end), finished: "2026-06-01T\($hour):00:00Z"}]}' signed.json >again.json
    expect_from 0 again.json albs-notarize
}
again fail 10
entry=$(jq -r '.notarizations[-1].id' "$out")
expect_from 1 signed.json albs-release --to repo --key "$key"
expect_stderr "^albs-release: warning: hello-.*: refused: .*failed later, by entry $entry of the log\$"
expect_json '.releases | length' 0
[ ! -e repo ] || fail 'something was published'
expect_from 0 signed.json albs-release -n --to repo --key "$key" --waive 'a broken test'
again pass 11
expect_from 0 signed.json albs-release --to repo --key "$key"
expect_json '.releases | length' 3
