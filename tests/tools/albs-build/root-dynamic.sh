# SPDX-License-Identifier: GPL-3.0-or-later
# rpm in a root knows what is installed there: what %generate_buildrequires asks for and the root has is fine, what
# it lacks and no lock can give is a failure of the package that names it; so is what BuildRequires lacks.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
# asking NAME NEED: a package whose spec generates that need.
asking() {
    check='%{nil}
%generate_buildrequires
echo "'"$2"'"' spec "$1"
    source_package "$1"
    manifest_of "$1" >"$1.json"
}
asking modest 'gawk >= 4'
expect_from 0 modest.json albs-build --lock lock.json
expect_json '.tasks[0].status' ok
asking greedy 'not-there-at-all >= 7'
expect_from 1 greedy.json albs-build -v --lock lock.json
expect_json '.tasks[0] | "\(.status) \(.reason.kind)"' 'failed dependency'
expect_json '.tasks[0].reason.message | test("not-there-at-all >= 7")'
preamble='BuildRequires: neither-here' spec plain-need
source_package plain-need
manifest_of plain-need >plain-need.json
expect_from 1 plain-need.json albs-build --lock lock.json
expect_json '.tasks[0] | "\(.status) \(.reason.kind)"' 'failed dependency'
expect_json '.tasks[0].reason.message | test("neither-here")'
