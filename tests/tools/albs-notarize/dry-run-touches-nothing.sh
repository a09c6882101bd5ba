# SPDX-License-Identifier: GPL-3.0-or-later
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
find "$ALBS_LEDGER" -type f -exec sha256sum {} + | sort >before
expect_from 0 "$manifest" albs-notarize -n
expect_stderr 'would record source'
expect_stderr 'would record build'
find "$ALBS_LEDGER" -type f -exec sha256sum {} + | sort >after
same before after
[ ! -e .albs ] || fail "a dry run made a workspace"
