# SPDX-License-Identifier: GPL-3.0-or-later
# The package rpmautospec of the platform comes before this machine's program: the base root with it, and nothing else.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/rpmautospec.sh"
mkdir -p package more
stand_in_rpmautospec package/rpmautospec
cat >package/rpmautospec.spec <<'SPEC'
Name: rpmautospec
Version: 0.0
Release: 1
Summary: x
License: MIT
BuildArch: noarch
Source0: rpmautospec
Requires: python3
Requires: git
%description
x
%install
install -D %{SOURCE0} %{buildroot}/usr/bin/rpmautospec
%files
/usr/bin/rpmautospec
SPEC
rpmbuild -bb --quiet -D "_topdir $work/rb" -D "_sourcedir $work/package" package/rpmautospec.spec >"$out" 2>"$err" ||
    fail 'no package rpmautospec'
mv rb/RPMS/noarch/*.rpm more/
createrepo_c -q more
installed=$plain_packages
platform test.yaml "$distro/base"
autospec_repository counted
expect 0 albs-fetch "file://$work/counted#c9"
cp "$out" counted.json

# The platform has no such package: it is this machine's, and there is none.
expect 1 albs-build srpm counted.json --platforms test.yaml --platform test-9
expect_json '.tasks[0].reason.message | test("no program .rpmautospec.: install it .*; or give the platform a repository that has the package$")'
# This machine's has this machine's macros, which is said where it fails.
mkdir -p venv/bin
cp package/rpmautospec venv/bin/
: >venv/pyvenv.cfg
git clone -q counted unread
sed -i 's/^Summary:.*/Summary: %{unclosed/' unread/counted.spec
commit_all unread 'Break it'
expect 0 albs-fetch "file://$work/unread#c9" -o unread.json
PATH="$work/venv/bin:$PATH" expect 1 albs-build srpm unread.json --platforms test.yaml --platform test-9
expect_json '.tasks[0].reason.message | startswith("rpmautospec: Error: Couldn") and
    endswith("; it is this machine\u0027s, with the macros of this machine: give the platform a repository that has the package rpmautospec")'
add_repository test.yaml more "file://$work/more"
expect 0 albs-build counted.json -v --platforms test.yaml --platform test-9 --output made
cp "$out" built.json
expect_json '.tasks[0].status' ok
[ "$(rpm -qp --qf '%{NEVRA}' made/counted-1.0-3.el9.src.rpm)" = counted-1.0-3.el9.noarch ] || fail 'not the third release'
rpm -qp --changelog made/counted-1.0-3.el9.src.rpm | grep -q '^- Say more$' || fail 'no changelog of the history'
expect_json '.tasks[0].transformations[0].program' 'rpmautospec 0.0.stand-in'
expect_json '.tasks[0] | .transformations[0].buildroot as $b | $b != null and $b != .srpm_buildroot and $b != .buildroot'
in_its_root() { jq --arg name rpmautospec '[.packages[] | select(.name == $name)] | length' "$(object_of "$(jq -r "$1" "$out")")"; }
[ "$(in_its_root '.tasks[0].transformations[0].buildroot')" = 1 ] || fail 'the root that it ran in has no rpmautospec'
[ "$(in_its_root '.tasks[0].srpm_buildroot')$(in_its_root '.tasks[0].buildroot')" = 00 ] || fail 'it came into other roots'
# The root of then is enough to do it again, without this repository.
platform test.yaml "$distro/base"
expect 0 albs-build reproduce built.json --platforms test.yaml
expect_json '.tasks[0].same and ([.tasks[0].packages[].verdict] | unique == ["identical"])'
