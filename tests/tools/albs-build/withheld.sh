# SPDX-License-Identifier: GPL-3.0-or-later
# A statement that the ledger withholds may revoke the source: it is not verified, and a warning says so; it is not
# built with --require-notarized.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
command -v albs-notarize >/dev/null || skip "albs-notarize is not built"
package greet
expect 0 albs-notarize init --origin log.example.org/test
expect_from 0 greet.json albs-notarize
cp "$out" notarized.json
expect_from 0 notarized.json albs-build plan
! grep -q withheld "$err" || fail 'nothing is withheld'
srpm=$(jq -r '.sources[0].srpm' greet.json)
expect 0 albs-notarize mark --reason 'a stolen key' "$srpm"
sed -i "$(sed -n 2p .albs/ledger/checkpoint)s/.*//" .albs/ledger/attestations/000.intoto.jsonl
withheld="1 statements of the ledger '.*' are withheld: a revocation may be among them"
expect_from 1 notarized.json albs-build --require-notarized
expect_stderr "the source is not notarized: $withheld"
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'skipped false'
expect_from 0 notarized.json albs-build
expect_stderr "warning: $withheld"
expect_json '.tasks[0] | "\(.status) \(.verified)"' 'ok false'
mv .albs/ledger elsewhere
ALBS_LEDGER="$work/elsewhere" expect_from 1 notarized.json albs-build --require-notarized
expect_stderr "the source is not notarized: $withheld"
