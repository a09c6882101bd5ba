# SPDX-License-Identifier: GPL-3.0-or-later
# Packages are inspected without being installed: failures fail the package, warnings do not and are told, --skip
# overrules with a reason that is recorded, and a package that was only inspected is not tested.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: sound
Version: 2
Release: 1
Summary: Nothing is wrong with it
License: GPLv2+ and BSD
BuildArch: noarch
%description
Sound.
%package -n open
Summary: Everybody may write its file
%description -n open
Open.
%package -n licence
Summary: Its licence is none
License: Frobnicate 3000 or so
%description -n licence
Licence.
%package -n script
Summary: Its script is unfinished
%description -n script
Script.
%package -n privileged
Summary: Its program is setuid
%description -n privileged
Privileged.
%install
mkdir -p %{buildroot}/usr/share %{buildroot}/usr/bin
for name in sound open licence privileged; do echo $name > %{buildroot}/usr/share/$name; done
printf '#!/bin/sh\nif true; then\n' > %{buildroot}/usr/bin/script
printf '#!/bin/sh\nif true; then :; fi\n' > %{buildroot}/usr/bin/sound
chmod 0755 %{buildroot}/usr/bin/*
%files
/usr/share/sound
/usr/bin/sound
%files -n open
%attr(0666, root, root) /usr/share/open
%files -n licence
/usr/share/licence
%files -n script
/usr/bin/script
%files -n privileged
%attr(4755, root, root) /usr/share/privileged
%changelog
* Mon Oct 02 2023 A Packager <packager@example.org> - 2-1
- Made
SPEC
built_manifest rpms/*.rpm >built.json

expect 1 albs-test -v built.json
expect_json '[.tests[] | select(.status == "fail") | .name] | sort | join(" ")' 'inspect/modes inspect/shell'
expect_test fail inspect/modes open "^everybody may write '/usr/share/open' (mode 0666)$"
log_of inspect/modes open | grep -qxF "failure world-writable: everybody may write '/usr/share/open' (mode 0666)" ||
    fail "the log is: $(log_of inspect/modes open)"
expect_test fail inspect/shell script '^/usr/bin/script: line 3: syntax error'
expect_test pass inspect/shell sound '^null$'
expect_test pass inspect/license sound '^null$'
# A warning is told, and fails nothing.
expect_test pass inspect/license licence "^'Frobnicate 3000 or so' is no licence of the lists$"
expect_test pass inspect/setuid privileged "^'/usr/share/privileged' runs as user root (mode 4755)$"
expect_stderr 'licence-2-1.noarch: inspect/license warns: '
expect_stderr 'licence-2-1.noarch: [0-9]* of [0-9]* tests passed, 1 with warnings'
expect_stderr 'warning: open-2-1.noarch: inspect/modes failed: '
# What has nothing to look at leaves no record.
[ -z "$(status_of inspect/shell open)$(status_of inspect/setuid sound)$(status_of inspect/pie sound)" ] ||
    fail 'a test without anything to look at is recorded'

# The reports have the warnings.
expect 1 albs-test --report junit --output results built.json
grep -qF 'name="inspect/license"' results/test-report.xml || fail 'JUnit lacks the inspection'
grep -qF "<system-out>warning: 'Frobnicate 3000 or so' is no licence of the lists" results/test-report.xml ||
    fail 'JUnit lacks the warning'
expect 1 albs-test --report tap --output results built.json
grep -qxF "# warning: 'Frobnicate 3000 or so' is no licence of the lists" results/test-report.tap ||
    fail 'TAP lacks the warning'

# What a rule overrules is recorded with its reason.
printf '%s\n' 'open inspect/modes a spool that everybody fills' 'script inspect/* to be mended' >rules
expect 0 albs-test --skip rules built.json
expect_test skip inspect/modes open "^a spool that everybody fills (overrules: everybody may write '/usr/share/open'"
expect_test skip inspect/shell script '^to be mended (overrules: /usr/bin/script: line 3'
expect_test pass inspect/modes sound
# A package that was inspected, and not installed, is not tested.
echo '* install not here' >rules
expect 1 albs-test --skip rules built.json
expect_test skip inspect/shell script '^not installed$'
expect_stderr 'warning: sound-2-1.noarch: not tested: '

# With a release before, a new setuid bit is a failure, and one of old is none.
mkdir -p older
cp rpms/privileged-2-1.noarch.rpm older/
command -v createrepo_c >/dev/null || skip 'there is no createrepo_c'
createrepo_c -q older
sed 's/^Version: 2$/Version: 3/; s/ - 2-1$/ - 3-1/
    s,^chmod.*,echo x > %{buildroot}/usr/share/new; &,
    s,^%attr(4755.*,&\n%attr(2755\, root\, games) /usr/share/new,' package.spec >next.spec
rm -r rpms
build_packages <next.spec
built_manifest rpms/privileged-3-1.noarch.rpm >next.json
expect 1 albs-test --repo "$work/older" next.json
expect_test fail inspect/setuid privileged \
    "^'/usr/share/new' runs as group games (mode 2755), and did not in privileged-2-1.noarch$"
