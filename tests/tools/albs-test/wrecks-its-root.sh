# SPDX-License-Identifier: GPL-3.0-or-later
# A package, or a test program, after which nothing starts in its root any more has failed; all others keep their
# results, and this machine is not blamed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: wreck
Version: 1
Release: 1
Summary: It takes away what scriptlets run with
License: MIT
BuildArch: noarch
%description
Wreck.
%package -n sound
Summary: A sound package
%description -n sound
Sound.
%package -n late
Summary: It wrecks when it goes
%description -n late
Late.
%install
mkdir -p %{buildroot}/usr/share
for name in wreck sound late; do echo $name > %{buildroot}/usr/share/$name; done
%post
rm -rf /usr/bin /bin /usr/sbin /sbin /usr/lib /lib 2>/dev/null
exit 0
%postun -n late
[ $1 = 1 ] || rm -rf /usr/bin /usr/sbin /usr/lib 2>/dev/null
exit 0
%files
/usr/share/wreck
%files -n sound
/usr/share/sound
%files -n late
/usr/share/late
SPEC
built_manifest rpms/*.rpm >built.json
wrecked='nothing starts in its root any more: '
expect 1 albs-test built.json
expect_test fail install wreck "^$wrecked"
expect_test skip remove wreck '^not installed$'
for test in integrity install reinstall remove; do expect_test pass $test sound; done
expect_test pass install late
expect_test pass reinstall late
expect_stderr 'sound-1-1.*: 13 of 13 tests passed'
[ ! -e /usr/share/wreck ] && [ -x /bin/sh ] || fail 'it reached this machine'

# Of a third-party test: the program itself may still end well, those behind it cannot start.
git init -q -b main tests
mkdir tests/wreck
echo 'rm -rf /usr/bin /usr/lib 2>/dev/null; exit 0' >tests/wreck/1_wreck.sh
echo 'echo never seen' >tests/wreck/2_next.sh
git -C tests add -A
git -C tests -c user.name=x -c user.email=x@example.org commit -q -m tests
built_manifest rpms/sound-*.rpm | jq -c '.tasks[0].source = "wreck@0123456789ab"' >one.json
expect 1 albs-test --tests "file://$work/tests#main:{name}" one.json
expect_test pass third-party/1_wreck.sh sound
expect_test fail third-party/2_next.sh sound "^$wrecked"
for test in install reinstall remove; do expect_test pass $test sound; done
