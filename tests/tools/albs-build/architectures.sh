# SPDX-License-Identifier: GPL-3.0-or-later
# A package that is not for an architecture is skipped there, which is no failure.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
preamble="ExcludeArch: $(uname -m)" spec elsewhere
source_package elsewhere
manifest_of elsewhere >elsewhere.json
expect_from 0 elsewhere.json albs-build
expect_json '.tasks[0] | "\(.status) \(.reason.kind) \(.reason.message) \(.log) \(.artifacts)"' "skipped arch ExcludeArch names $(uname -m) null []"
preamble="ExclusiveArch: vax" spec old
source_package old
manifest_of old >old.json
expect_from 0 old.json albs-build
expect_stderr "skipped in setup (arch): ExclusiveArch does not name $(uname -m)"
expect_json '.tasks[0].status' skipped
