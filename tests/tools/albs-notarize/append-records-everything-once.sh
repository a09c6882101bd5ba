# SPDX-License-Identifier: GPL-3.0-or-later
# One commit for the manifest; a second run appends nothing and gives the same bytes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
expect_stderr 'recorded 6 statements'
expect_json '[.notarizations[].kind] | join(",")' 'source,srpm,build,build,build,build'
cp "$out" first.json
cp "$ALBS_LEDGER/checkpoint" first.checkpoint
expect_from 0 "$manifest" albs-notarize
expect_stderr 'recorded 0 statements .* 6 were there already'
same "$out" first.json
same "$ALBS_LEDGER/checkpoint" first.checkpoint
# What is notarized already gets no second record.
expect_from 0 first.json albs-notarize
expect_stderr 'recorded 0 statements .* 0 were there already'
expect_json '.notarizations | length' 6
