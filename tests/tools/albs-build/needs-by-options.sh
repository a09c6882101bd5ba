# SPDX-License-Identifier: GPL-3.0-or-later
# --with, --without and --define change what a package needs: its plan says so, its lock has it, and its build finds it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package choosy <<'SPEC'
%bcond_with lists
%bcond_without tools
%if %{with lists}
BuildRequires: patch
%endif
%if %{with tools}
BuildRequires: make
%endif
%{?more:BuildRequires: %more}
BuildRequires: which
SPEC
cat >>configs.json <<'JSON'
{"choosy": {"*": {"mock_options": {"with": ["lists"]}}}}
JSON
sorted_needs() { jq -r '.tasks[0].needs | sort | join(", ")' "$out"; }
# planned NEEDS OPTION...: what the plan says; then the lock of a build with the same options has it.
planned() {
    wanted_needs=$1
    shift
    expect 0 albs-build plan --platforms test.yaml --platform test-9 "$@" choosy.json
    [ "$(sorted_needs)" = "$wanted_needs" ] || fail "$*: the plan has $(sorted_needs), wanted $wanted_needs"
    jq -r '.roots[0].packages[].nevra' "$out" | sort >planned
    build 0 choosy "$@"
    expect_json '.tasks[0].status' ok
    jq -r '.packages[].nevra' "$(object_of "$(jq -r '.tasks[0].buildroot' "$out")")" | sort >built
    same planned built
}
planned 'make, which'
planned 'make, patch, which' --with lists
planned 'patch, which' --with lists --without tools
planned 'findutils, make, which' --define 'more findutils'
planned 'make, patch, which' --build-configs configs.json

# A source package among the operands of lock is what it needs with these options.
expect 0 albs-build lock --platforms test.yaml --platform test-9 --with lists --without tools choosy.src.rpm
jq -r '.packages[].nevra' "$out" | sort >locked
expect 0 albs-build plan --platforms test.yaml --platform test-9 --with lists --without tools choosy.json
jq -r '.roots[0].packages[].nevra' "$out" | sort >planned
same planned locked
expect_refusal 3 'nothing provides requested' albs-build lock --platforms test.yaml --platform test-9 --define \
    'more no-such' choosy.src.rpm
expect_refusal 5 "cannot open 'gone.src.rpm'" albs-build lock --platforms test.yaml --platform test-9 gone.src.rpm

# A spec that cannot be read with them is the package's failure.
expect 1 albs-build plan --platforms test.yaml --platform test-9 --define 'more (' choosy.json
expect_json '.tasks[0] | "\(.build) \(.reason)"' 'false line 15: Name required: BuildRequires: ('
