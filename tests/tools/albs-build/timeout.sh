# SPDX-License-Identifier: GPL-3.0-or-later
# A build that takes too long is ended with all its children, its log is kept, and the next run tries again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
build='echo before the end; sleep 4321 & sleep 4321' spec hangs
source_package hangs
manifest_of hangs >hangs.json
expect_from 1 hangs.json watched albs-build --timeout 2s --output out
expect_json '.tasks[0] | "\(.status) \(.reason.phase) \(.reason.kind) \(.reason.message)"' \
    'failed build timeout the build took longer than 2 s'
grep -q '^before the end' "out/hangs-1.0-1.$(uname -m).log" || fail "the log is not kept"
no_daemon
[ -z "$(ls .albs/tasks 2>/dev/null)" ] || fail "a time limit is remembered as if it were the package's"
