# SPDX-License-Identifier: GPL-3.0-or-later
# No root rights are needed: the same results as a plain user, who may not write to /usr.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: plain
Version: 1
Release: 1
Summary: Files in places that are root's
License: MIT
BuildArch: noarch
%description
Plain.
%package -n rude
Summary: Leaves files
%description -n rude
Rude.
%install
install -D -m 0755 /dev/null %{buildroot}/usr/bin/plain-albs-program
install -D -m 0644 /dev/null %{buildroot}/usr/share/man/man1/plain-albs-program.1
install -D -m 0644 /dev/null %{buildroot}/usr/lib/plain-albs/deep/er/and/deeper/file
install -D -m 0644 /dev/null %{buildroot}/etc/plain-albs/plain.conf
mkdir -p %{buildroot}/usr/share/rude
%post
/usr/bin/plain-albs-program
touch /usr/lib/plain-albs/cache
%postun
if [ $1 = 0 ]; then rm -rf /usr/lib/plain-albs; fi
%post -n rude
touch /usr/bin/rude-was-here
%files
/usr/bin/plain-albs-program
/usr/share/man/man1/plain-albs-program.1*
/usr/lib/plain-albs
/etc/plain-albs
%files -n rude
/usr/share/rude
SPEC
built_manifest rpms/*.rpm >built.json
plain_user
if [ "$(id -u)" = 0 ]; then
    chown -R $plain_id:$plain_id "$work"
    $as_user bwrap --unshare-user --ro-bind / / true 2>/dev/null || skip 'user namespaces are for root only here'
fi
# shellcheck disable=SC2086 # words
expect 1 $as_user albs-test built.json
for test in integrity installability conflicts install reinstall remove; do
    expect_test pass $test plain
done
expect_test fail remove rude "^leaves '/usr/bin/rude-was-here' behind$"
[ ! -e /usr/bin/rude-was-here ] || fail 'it was written to the machine itself'
