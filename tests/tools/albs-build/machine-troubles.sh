# SPDX-License-Identifier: GPL-3.0-or-later
# Troubles of the machine are tried once more, a full disk is told as such, and neither is remembered as the package's.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
build='echo "sh: fork: Resource temporarily unavailable"; false' spec unlucky
source_package unlucky
manifest_of unlucky >unlucky.json
expect_from 1 unlucky.json albs-build
expect_stderr "trouble of this machine, trying once more: sh: fork: Resource temporarily unavailable"
expect_json '.tasks[0] | "\(.reason.phase) \(.reason.kind)"' 'build infrastructure'
[ -z "$(ls .albs/tasks 2>/dev/null)" ] || fail "it is remembered"

# The device that is always full.
build='head -c 1048576 /dev/zero >/dev/full' spec full
source_package full
manifest_of full >full.json
expect_from 1 full.json albs-build
expect_json '.tasks[0] | "\(.reason.phase) \(.reason.kind)"' 'build disk'
[ "$(grep -c 'trying once more' "$err")" = 0 ] || fail "a full disk is not tried again"
[ -z "$(ls .albs/tasks 2>/dev/null)" ] || fail "it is remembered"
