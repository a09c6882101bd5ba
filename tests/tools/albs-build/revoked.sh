# SPDX-License-Identifier: GPL-3.0-or-later
# A source that the log revoked is not built with --require-notarized, and is not verified without it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
command -v albs-notarize >/dev/null || skip "albs-notarize is not built"
package greet
expect 0 albs-notarize init --origin log.example.org/test
expect_from 0 greet.json albs-notarize
cp "$out" notarized.json
srpm=$(jq -r '.sources[0].srpm' greet.json)
expect 0 albs-notarize mark --reason 'a stolen key' "$srpm"
expect_from 0 notarized.json albs-notarize
cp "$out" marked.json
expect_from 1 marked.json albs-build --require-notarized
expect_stderr 'skipped in setup (notarization): the source is not notarized: entry [0-9]* of the log says that it is revoked: a stolen key$'
expect_json '.tasks[0] | "\(.status) \(.verified) \(.log) \(.artifacts | length)"' 'skipped false null 0'
expect_json '.stages[-1].verdict' no
expect_from 0 marked.json albs-build
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'ok false'
expect 0 albs-notarize mark --status valid --reason 'it was not stolen' "$srpm"
expect_from 0 notarized.json albs-notarize
cp "$out" valid.json
expect_from 0 valid.json albs-build --require-notarized
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'ok true'
