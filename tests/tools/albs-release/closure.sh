# SPDX-License-Identifier: GPL-3.0-or-later
# Requirements that nothing provides are warnings, or refusals with --closure strict; the release, the tree and
# --against count as providers.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
build_package needy 1.0 'Requires: needed >= 1.0, elsewhere'
build_package needed 1.0
build_package elsewhere 1.0
for name in needy needed elsewhere; do signed_of $name 1.0 "$key" >$name.json; done
expect_from 0 needy.json albs-release --to loose --key "$key"
expect_stderr "needy-1.0-1.$arch: nothing provides elsewhere"
expect_from 1 needy.json albs-release --to repo --key "$key" --closure strict
expect_stderr 'refused: nothing provides needed >= 1.0'
[ ! -e repo ] || fail 'published with open requirements'
expect_from 0 elsewhere.json albs-release --to base --key "$key"
cat needy.json needed.json >both.json
expect_from 0 both.json albs-release plan --to repo --key "$key" --closure strict --against 'base/{arch}/os'
expect_no_stderr
expect_from 0 needed.json albs-release --to repo --key "$key" --closure strict
expect_from 0 needy.json albs-release --to repo --key "$key" --closure strict --against 'base/{arch}/os'
expect_no_refusal() { ! grep -q refused "$err" || fail 'something was refused'; }
expect_no_refusal
expect_from 3 needy.json albs-release plan --to repo --key "$key" --against nowhere
expect_empty_stdout
