# SPDX-License-Identifier: GPL-3.0-or-later
# A sound package passes every test, and the results are bound to its digest.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: good
Version: 1.2
Release: 3
Summary: A sound package
License: MIT
BuildArch: noarch
Requires: /bin/sh
%description
It installs and goes without a trace.
%package data
Summary: Its data
Requires: good = 1.2-3
%description data
Data.
%install
install -D -m 0755 /dev/null %{buildroot}/usr/bin/good
mkdir -p %{buildroot}/etc %{buildroot}/usr/share/good %{buildroot}/var/lib/good
echo 'color = blue' > %{buildroot}/etc/good.conf
echo data > %{buildroot}/usr/share/good/data
ln -s data %{buildroot}/usr/share/good/link
%post
echo "color = red" >> /etc/good.conf
mkdir -p /var/log/good
%files
/usr/bin/good
%config(noreplace) /etc/good.conf
%dir %attr(0750, daemon, mail) /var/lib/good
%files data
/usr/share/good
SPEC
built_manifest rpms/good-1.2-3.noarch.rpm rpms/good-data-1.2-3.noarch.rpm >built.json

expect 0 albs-test built.json
expect_stderr "good-1.2-3.noarch: 14 of 14 tests passed"
for package in good good-data; do
    for test in integrity installability conflicts install linkage reinstall remove; do
        expect_test pass $test $package
    done
done
expect_json '[.tests[] | select(.status != "pass")] | length' 0
expect_json '.tests | all(.id == .artifact + "/" + .name and .task == "package@0123456789ab/host/" + "'"$(uname -m)"'")'
expect_json '.stages[-1].tool' albs-test
expect_json '.stages[-1].verdict' yes
# What a scriptlet made in /var is told but is no fault.
log_of remove good | grep -qx '/var/log/good' ||
    fail "the log of remove does not name what was left: $(log_of remove good)"
