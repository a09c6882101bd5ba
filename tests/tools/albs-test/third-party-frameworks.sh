# SPDX-License-Identifier: GPL-3.0-or-later
# Suites in bats and pytest, which are this machine's.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
[ -x /usr/bin/bats ] || skip 'bats is not installed'

build_packages <<'SPEC'
Name: small
Version: 1
Release: 1
Summary: Small
License: MIT
BuildArch: noarch
%description
Small.
%install
install -D -m 0644 /dev/null %{buildroot}/usr/share/small
%files
/usr/share/small
SPEC
built_manifest rpms/*.rpm >built.json
git init -q -b main tests
printf '@test "it is there" {\n  [ -e /usr/share/small ]\n}\n@test "another is not" {\n  [ -e /usr/share/large ]\n}\n' \
    >tests/a.bats
printf '@test "it is there" {\n  [ -e /usr/share/small ]\n}\n' >tests/b.bats
if /usr/bin/python3 -c 'import pytest' 2>/dev/null; then
    printf 'import os\ndef test_there():\n    assert os.path.exists("/usr/share/small")\n' >tests/test_c.py
    echo 'x = 1' >tests/test_d.py
fi
git -C tests add -A
git -C tests -c user.name=tester -c user.email=tester@example.org commit -qm tests

expect 1 albs-test --tests "file://$work/tests" built.json
expect_test fail third-party/a.bats small '^not ok 2 another is not$'
expect_test pass third-party/b.bats small
if [ -e tests/test_c.py ]; then
    expect_test pass third-party/test_c.py small
    expect_test fail third-party/test_d.py small '^status 5$'
fi
