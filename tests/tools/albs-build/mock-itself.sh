#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mock itself, where it is installed: the source package of a tree is made in its root, with the macros of the platform,
# and what is built of it is mock's, too.
. "$ALBS_SOURCE/tests/lib.sh"
command -v mock >/dev/null || skip 'mock is not installed'
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
[ "$(id -u)" = 0 ] || skip 'not root, and whether this user may run mock is not known'
platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"
sed -i "s/mock: {chroot_setup_cmd: [^}]*releasever/mock: {chroot_setup_cmd: 'install $build_packages', use_bootstrap: false, package_manager: dnf4, releasever/" test.yaml
mkdir sample
cat >sample/sample.spec <<'SPEC'
%global made_in %(cat /etc/os-release 2>/dev/null | sed -n 's/^ID=//p')
Name: sample
Version: 1.0
Release: 1%{?dist}
Summary: Made in %{made_in}
License: MIT
Source0: words.txt
BuildArch: noarch
ExclusiveArch: x86_64 %{?el9:noarch}
%description
x
%install
install -D -m 644 %{SOURCE0} %{buildroot}/usr/share/sample/words.txt
%files
/usr/share/sample
%changelog
* Wed Nov 01 2023 A Packager <packager@example.org> - 1.0-1
- First
SPEC
echo words >sample/words.txt
expect_from 0 /dev/null albs-fetch sample -o fetched.json
expect_from 0 fetched.json albs-build srpm --platforms test.yaml --platform test-9 --backend mock --output out
package=$(find out -name 'sample-1.0-1.el9.src.rpm')
[ -n "$package" ] || fail 'no source package with the dist of the platform'
id=$(sed -n 's/^ID=//p' /etc/os-release)
summary=$(rpm -qp --nosignature --qf '%{SUMMARY}' "$package")
[ "$summary" != "Made in $id" ] || fail "it was made on this machine: $summary"
if ! dnf builddep --help >/dev/null 2>&1; then
    echo 'nothing was built of it: dnf has no builddep here, which mock --rebuild needs'
    exit 0
fi
expect_from 0 fetched.json albs-build --platforms test.yaml --platform test-9 --backend mock --output built
expect_json '.tasks[0] | "\(.status) \(.backend)"' 'ok mock'
[ -n "$(find built -name 'sample-1.0-1.el9.noarch.rpm')" ] || fail 'no package was built'
