# SPDX-License-Identifier: GPL-3.0-or-later
# --skip, --report, --keep, --timeout and --dry-run.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: some
Version: 1
Release: 1
Summary: Some & more
License: MIT
BuildArch: noarch
%description
Some.
%package -n somewhere
Summary: It never ends
%description -n somewhere
Slow.
%install
mkdir -p %{buildroot}/usr/share/some %{buildroot}/usr/share/somewhere %{buildroot}/etc
echo kept > %{buildroot}/usr/share/some/file
%post -n somewhere
echo '<going> & going'
sleep 1000
%files
/usr/share/some
%files -n somewhere
/usr/share/somewhere
SPEC
built_manifest rpms/*.rpm >built.json

expect 0 albs-test --dry-run built.json
expect_json '.tests == []'
expect_stderr 'some-1-1.noarch: would be tested'
[ ! -e .albs/tests ] || fail 'a dry run wrote to the workspace'

echo 'some install  known  # really' >skip
expect 1 albs-test --skip skip --timeout 2 --report junit --output results built.json
expect_test skip install some '^known$'
expect_test skip remove some '^needs the test install, which is skipped$'
expect_test pass integrity some
expect_test fail install somewhere '^not done after 2 s$'
grep -q '<testsuite name="some-1-1.noarch" tests="13" failures="0" errors="0" skipped="4" time="' results/test-report.xml ||
    fail "report: $(cat results/test-report.xml)"
grep -q '<failure message="not done after 2 s">' results/test-report.xml ||
    fail "report: $(cat results/test-report.xml)"
! grep -q '<going>' results/test-report.xml || fail 'XML is not escaped'
[ -s results/somewhere-1-1.noarch.install.log ] || fail "no log: $(ls results)"

expect 1 albs-test --skip skip --timeout 2 --report tap --output results built.json
head -3 results/test-report.tap | tr '\n' '|' >first-lines
[ "$(cat first-lines)" = 'TAP version 13|1..27|ok 1 - some-1-1.noarch integrity|' ] ||
    fail "$(cat results/test-report.tap)"
grep -q '^ok 4 - some-1-1.noarch install # SKIP known$' results/test-report.tap || fail "$(cat results/test-report.tap)"
grep -q '^not ok 17 - somewhere-1-1.noarch install$' results/test-report.tap || fail "$(cat results/test-report.tap)"

echo 'somewhere *' >skip-slow
expect 1 albs-test --keep --skip skip-slow built.json
expect_stderr 'somewhere-1-1.*: not tested: skipped by request'
expect_stderr "files kept in '.*/.albs/roots/some-1-1.noarch'"
[ "$(cat .albs/roots/some-1-1.noarch/usr/share/some/file)" = kept ] || fail 'the files were not kept'

expect 2 albs-test --report tap built.json
expect_empty_stdout
expect_stderr 'hint: add --output DIR'
expect 2 albs-test --timeout 0 built.json
echo 'some' >skip
expect 2 albs-test --skip skip built.json
expect_empty_stdout
expect_stderr "'skip', line 1: no name of a test"
expect 5 albs-test --skip nowhere built.json
expect_empty_stdout
