# SPDX-License-Identifier: GPL-3.0-or-later
# Packages whose task failed are carried along untouched, and the verdict stays no. What cannot run here is skipped.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: fine
Version: 1
Release: 1
Summary: Fine
License: MIT
BuildArch: noarch
%description
Fine.
%install
mkdir -p %{buildroot}/usr/share/fine
%files
/usr/share/fine
SPEC
built_manifest rpms/fine-1-1.noarch.rpm >fine.json
jq -c '.tasks += [.tasks[0] | .id = "bad@1/host/x" | .source = "bad@1" | .status = "failed" | .artifacts = [] |
    .reason = {phase: "build", kind: "compile", message: "no", log: null, offset: null, mine: [1]}]' fine.json \
        >mixed.json
expect 1 albs-test mixed.json
expect_test pass install fine
expect_json '[.tests[].task] | unique == ["package@0123456789ab/host/'"$(uname -m)"'"]'
[ "$(jq -c '.tasks' "$out")" = "$(jq -c '.tasks' mixed.json)" ] || fail 'tasks were changed'

# ExcludeArch is no failure.
jq -c '.tasks[1].status = "skipped" | .tasks[1].reason.kind = "arch"' mixed.json >excluded.json
expect 0 albs-test excluded.json

jq -c '.tasks[0].arch = "s390x"' fine.json >foreign.json
expect 1 albs-test foreign.json
expect_stderr "fine-1-1.*: not tested: s390x packages do not run on this"
expect_test pass integrity fine
expect_test pass installability fine
expect_test skip install fine "^s390x packages do not run on this $(uname -m) machine$"

jq -c '.tasks[0].backend = "chroot" | .tasks[0].platform = "almalinux-9"' fine.json >other.json
# Nobody installed it: that its file is sound is no test of it.
expect 1 albs-test other.json
expect_stderr 'fine-1-1.*: not tested: the task does not say what platform almalinux-9 was'
expect_test pass installability fine
expect_test skip install fine '^the task does not say what platform almalinux-9 was'

# Nothing built: nothing to test.
jq -c '.tasks = [.tasks[1]] | .artifacts = []' mixed.json >none.json
expect 1 albs-test none.json
expect_json '.tests == []'
