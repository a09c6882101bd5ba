#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Source packages are made in the base root of the platform: its macros count, and what is not in it asks for a round.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"

# A package of macros, as a language has one; another is needed only by who has these.
mkdir -p more words
cat >words/words-macros.spec <<'SPEC'
Name: words-macros
Version: 1
Release: 1
Summary: x
License: MIT
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}%{_rpmconfigdir}/macros.d
echo '%%words_needs words-tool' >%{buildroot}%{_rpmconfigdir}/macros.d/macros.words
%files
%{_rpmconfigdir}/macros.d/macros.words
SPEC
printf 'Name: words-tool\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%%description\nx\n%%files\n' \
    >words/words-tool.spec
for package in words-macros words-tool; do
    rpmbuild -bb --quiet -D "_topdir $work/rb" -D "_rpmconfigdir /usr/lib/rpm" "words/$package.spec" >"$out" 2>"$err" ||
        fail "no package $package"
done
mv rb/RPMS/noarch/*.rpm more/
createrepo_c -q more
installed=$plain_packages
platform test.yaml "$distro/base"
add_repository test.yaml more "file://$work/more"

# What only the platform defines decides which files there are.
git init -q -b c9 it
cat >it/it.spec <<'SPEC'
Name: it
Version: 1
Release: 1%{?dist}
Summary: For %{?rhel}%{!?rhel:nobody}
License: MIT
BuildArch: noarch
%if 0%{?rhel}
Source0: here.txt
%endif
BuildRequires: words-macros
%{?words_needs:BuildRequires: %words_needs}
%description
x
%build
rpm -q words-tool
%install
mkdir -p %{buildroot}/usr/share/it
cp %{SOURCE0} %{buildroot}/usr/share/it/
%files
/usr/share/it
%changelog
* Wed Nov 01 2023 A Packager <packager@example.org> - 1-1
- First
SPEC
echo here >it/here.txt
commit_all it First
expect 0 albs-fetch "file://$work/it#c9"
cp "$out" it.json
expect_from 0 it.json albs-build -v --platforms test.yaml --platform test-9 --output out
cp "$out" built.json
expect_stderr "the spec asks for 'words-tool', round 2"
expect_json '.tasks[0] | "\(.status) \(.source_date_epoch)"' "ok $(git -C it log -1 --format=%ct)"
rpm -qpl out/it-1-1.el9.src.rpm | tr '\n' ' ' >listed
[ "$(cat listed)" = 'here.txt it.spec ' ] || fail "the source package has $(cat listed)"
[ "$(rpm -qp --qf '%{SUMMARY} %{BUILDTIME}' out/it-1-1.el9.src.rpm)" = "For 9 $(git -C it log -1 --format=%ct)" ] ||
    fail 'not made with the macros of the platform, or at another time'
lock_has words-macros words-tool
# The task names the base root, which has none of these.
expect_json '.tasks[0] | .srpm_buildroot != .buildroot'
base=$(object_of "$(jq -r '.tasks[0].srpm_buildroot' "$out")")
[ "$(jq '[.packages[].name] | map(select(startswith("words"))) | length' "$base")" = 0 ] || fail 'no base root'
expect_json '.tasks[0] | .artifacts[-2] == .srpm'
expect_json '[.artifacts[].kind] | sort | unique | join(" ")' 'buildroot log platform rpm source-tree srpm'
# The source has no source package of its own, and is what was fetched.
expect_json '.sources[0] | .srpm == null and .files != null'

# The same bytes on another day, in another workspace, from a directory as from git.
srpm=$(jq -r '.tasks[0].srpm' built.json)
mkdir -p other
cp -r .albs/dnf other/dnf
expect 0 albs-fetch "file://$work/it#c9" --workspace other -o again.json
expect_from 0 again.json env TZ=Asia/Tokyo albs-build srpm --platforms test.yaml --platform test-9 --workspace other
[ "$(jq -r '.tasks[0].srpm' "$out")" = "$srpm" ] || fail 'another source package'
# And what was built can be built again from the tree, without the source package.
rm -f "$(object_of "$srpm")"
expect 0 albs-build reproduce built.json --platforms test.yaml
expect_json '.tasks[0].same and ([.tasks[0].packages[].verdict] | unique == ["identical"])'
