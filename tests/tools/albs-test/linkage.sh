# SPDX-License-Identifier: GPL-3.0-or-later
# Links that lead nowhere and libraries that are not found fail the test "linkage"; a library beside its program is
# found.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
command -v gcc >/dev/null || skip 'there is no gcc'

echo 'int answer(void) { return 42; }' >lib.c
echo 'int answer(void); int main(void) { return answer() != 42; }' >main.c
gcc -shared -fPIC -Wl,-soname,libanswer-albs.so.1 -o libanswer-albs.so.1.0 lib.c || fail 'gcc'
ln -s libanswer-albs.so.1.0 libanswer-albs.so
gcc -o ask main.c -L. -lanswer-albs || fail 'gcc'

build_packages <<SPEC
Name: answer
Version: 1
Release: 1
Summary: A library
License: MIT
%description
A library.
%package ask
Summary: Its program
%description ask
Its requirements come from rpm's generators.
%package devel
Summary: For development
Requires: answer = 1-1
%description devel
A link.
%package alone
Summary: A program without its library
%description alone
As if somebody had filtered the requirement.
%package lost
Summary: A link
%description lost
A link.
%install
mkdir -p %{buildroot}/usr/lib64 %{buildroot}/usr/bin
install -m 755 $work/libanswer-albs.so.1.0 %{buildroot}/usr/lib64/
ln -s libanswer-albs.so.1.0 %{buildroot}/usr/lib64/libanswer-albs.so.1
ln -s libanswer-albs.so.1 %{buildroot}/usr/lib64/libanswer-albs.so
install -m 755 $work/ask %{buildroot}/usr/bin/ask-albs
install -m 755 $work/ask %{buildroot}/usr/bin/alone-albs
ln -s ../share/nowhere %{buildroot}/usr/bin/lost-albs
%global __requires_exclude_from ^/usr/bin/alone-albs\$
%files
/usr/lib64/libanswer-albs.so.1*
%files devel
/usr/lib64/libanswer-albs.so
%files ask
/usr/bin/ask-albs
%files alone
/usr/bin/alone-albs
%files lost
/usr/bin/lost-albs
SPEC
built_manifest rpms/*.rpm >built.json
expect 1 albs-test built.json
for package in answer answer-ask answer-devel; do
    expect_test pass linkage $package
    expect_test pass remove $package
done
expect_test fail linkage answer-alone "^'/usr/bin/alone-albs' does not find its library libanswer-albs.so.1$"
expect_test pass remove answer-alone
expect_test fail linkage answer-lost "^the link '/usr/bin/lost-albs' to '../share/nowhere' leads nowhere$"
