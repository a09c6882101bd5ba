# SPDX-License-Identifier: GPL-3.0-or-later
# --report junit is XML that every parser reads, whatever tests are called and print; it has times, and of a long log
# the beginning and the end.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: some
Version: 1
Release: 1
Summary: Some
License: MIT
BuildArch: noarch
%description
Some.
%install
mkdir -p %{buildroot}/usr/share
echo some > %{buildroot}/usr/share/some
%files
/usr/share/some
SPEC
built_manifest rpms/*.rpm | jq -c '.tasks[0].source = "some@0123456789ab"' >built.json
git init -q -b main tests
mkdir tests/some
# shellcheck disable=SC2016 # as the program prints it
printf '%s\n' 'printf "\377\376 \033[31mred\033[0m \001 ]]> & <x> \357\277\276\n"; exit 1' >'tests/some/a&b <"c">.sh'
printf '%s\n' 'echo first; yes "a line of many" | head -c 300000; echo last; exit 1' >tests/some/long.sh
printf '%s\n' 'echo "ok 1"; echo "not ok 2"' >tests/some/no_plan.sh
printf '%s\n' 'sleep 1' >tests/some/sleeps.sh
git -C tests add -A
git -C tests -c user.name=x -c user.email=x@example.org commit -q -m tests
expect 1 albs-test --tests "file://$work/tests#main:{name}" --report junit --output results built.json
expect_test fail third-party/no_plan.sh some '^not ok 2$'
cat >read.py <<'END'
import sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot().find("testsuite")
cases = {case.get("name"): case for case in suite}
assert len(cases) == int(suite.get("tests")), sorted(cases)
assert len([name for name in cases if not name.startswith("inspect/")]) == 11, sorted(cases)
odd = cases['third-party/a&b <"c">.sh'].find("failure")
assert odd.get("message") == "status 1", odd.get("message")
assert "\\377\\376 \\033[31mred\\033[0m \\001 ]]> & <x> \\357\\277\\276" in odd.text, odd.text
long = cases["third-party/long.sh"].find("failure").text
assert "first\n" in long and "last\n" in long and "bytes are left out here" in long and len(long) < 70000, len(long)
assert 1 <= float(cases["third-party/sleeps.sh"].get("time")) < 100
assert float(cases["install"].get("time")) > 0
assert float(suite.get("time")) >= sum(float(case.get("time")) for case in suite) - 0.01
END
python3 -B read.py results/test-report.xml 2>"$err" || fail "$(cat "$err") in $(cat results/test-report.xml)"
