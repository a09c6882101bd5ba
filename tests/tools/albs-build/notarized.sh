# SPDX-License-Identifier: GPL-3.0-or-later
# A task is verified when the ledger holds its source; --require-notarized skips the others; a lie about it ends the
# run.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
command -v albs-notarize >/dev/null || skip "albs-notarize is not built"
package greet
expect 0 albs-notarize init --origin log.example.org/test
expect_from 1 greet.json albs-build --require-notarized
expect_stderr "skipped in setup (notarization): the source is not notarized"
expect_json '.tasks[0] | "\(.status) \(.verified) \(.log)"' 'skipped false null'

expect_from 0 greet.json albs-build
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'ok false'

expect_from 0 greet.json albs-notarize
cp "$out" notarized.json
expect_from 0 notarized.json albs-build --require-notarized
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'ok true'
cp .albs/ledger/log.vkey key
expect_from 0 notarized.json albs-build --log-key key
expect_json '.tasks[0].verified'

# Another log's key does not make it verified.
expect 0 albs-notarize init --origin other.example.org/test --ledger other
expect_from 1 notarized.json albs-build --require-notarized --log-key other/log.vkey
expect_json '.tasks[0].verified' false

# The seal is made right again, so that only the ledger can tell.
jq -c '.sources[0].source_date_epoch += 1 | .stages = []' notarized.json >unsealed.json
expect_from 4 unsealed.json albs-build
expect_empty_stdout
expect_stderr "error: source 'greet@srpm-.*' is not what the ledger says: "
