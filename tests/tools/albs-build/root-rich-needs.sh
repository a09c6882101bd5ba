# SPDX-License-Identifier: GPL-3.0-or-later
# Rich BuildRequires: what the solver makes of them, and that rpm in the root finds it enough.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package rich <<'SPEC'
BuildRequires: which, (nothing-there or ed), (jq if which), (rsync if nothing-there), (less if nothing-there else gperf)
BuildRequires: (screen with screen >= 4), (bc without bc < 1), (flex and help2man), (cmake if (rsync or (less and which)))
SPEC
build 0 rich
expect_json '.tasks[0].status' ok
lock_has which ed jq gperf screen bc flex help2man
lock_lacks rsync less cmake
empty_package poor <<'SPEC'
BuildRequires: which, (bc with bc >= 100)
SPEC
build 1 poor
expect_json '.tasks[0].reason | "\(.phase) \(.kind): \(.message)"' \
    'setup dependency: there is no such root: nothing provides requested (bc with bc >= 100)'
empty_package hidden <<'SPEC'
BuildRequires: which, (not-there if which)
SPEC
build 1 hidden
expect_json '.tasks[0].reason.message | startswith("there is no such root: ")'
