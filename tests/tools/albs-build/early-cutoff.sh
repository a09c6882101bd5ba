# SPDX-License-Identifier: GPL-3.0-or-later
# With --early-cutoff, what needs a package that was built anew is built again only if that package offers something
# else: other symbols, headers, macros, needs, scripts. The manifest says which root there would have been.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
installed=$build_packages
platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"
# library RELEASE FUNCTION [LINE...]: lib.json of a library with a header, whose function has that body; further lines
# for its header of the package.
library() {
    cat >lib.spec <<SPEC
%global debug_package %{nil}
Name: lib
Version: 1
Release: $1
Summary: x
License: MIT
${3:-}
%description
x
%prep
echo '$2' >lib.c
echo '${HEADER:-int f(void);}' >lib.h
%build
gcc -O0 -g -shared -fPIC -Wl,-soname,lib.so.1 -o lib.so.1 lib.c
echo 'about release $1' >about
%install
mkdir -p %{buildroot}/usr/lib64 %{buildroot}/usr/include %{buildroot}/usr/lib/rpm/macros.d
cp lib.so.1 %{buildroot}/usr/lib64/ && ln -s lib.so.1 %{buildroot}/usr/lib64/lib.so
cp lib.h %{buildroot}/usr/include/
echo '%%lib_word ${MACRO:-one}' >%{buildroot}/usr/lib/rpm/macros.d/macros.lib
%files
%doc about
/usr/lib64/lib.so.1
/usr/lib64/lib.so
/usr/include/lib.h
/usr/lib/rpm/macros.d/macros.lib
SPEC
    source_package lib && manifest_of lib >lib.json
}
together() { cat lib.json user.json last.json | jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json; }
member() { jq -r --arg name "$1" --arg member "$2" '.tasks[] | select(.source | startswith($name + "@"))[$member]' "$out"; }
# built_again WORD: whether user and last are built now (yes) or kept from before (no).
built_again() {
    build 0 all --early-cutoff
    for name in user last; do
        [ "$(member $name status)" = ok ] || fail "$name: $(jq -c .tasks "$out")"
        is=no
        ! grep -q "^albs-build: $name@.*: built [0-9]" "$err" || is=yes
        [ "$is" = "$1" ] || fail "release $release: $name built: $is, wanted $1"
    done
}
printf 'BuildRequires: lib\nRequires: lib\n' | empty_package user
printf 'BuildRequires: user\n' | empty_package last
release=1 && library 1 'int f(void) { return 1; }' && together
build 0 all
cp "$out" first.json
root=$(member user buildroot)

# Another body, another release, other documentation.
release=2 && library 2 'int f(void) { return 22; }' && together
built_again no
expect_stderr "^albs-build: user@.*: not built again: its root differs only in 'lib-1-2.x86_64', which offers the same"
[ "$(member user buildroot)" = "$root" ] || fail "another root: $(member user buildroot)"
equivalent=$(member user equivalent_buildroot)
jq -e '.packages[] | select(.nevra == "lib-1-2.x86_64")' "$(object_of "$equivalent")" >/dev/null || fail 'not the root of now'
jq -e --arg lock "$equivalent" '.artifacts[] | select(.sha256 == $lock)' "$out" >/dev/null || fail 'the lock is no artifact'
[ "$(member user artifacts)" = "$(jq -r '.tasks[] | select(.source | startswith("user@")).artifacts' first.json)" ] ||
    fail 'other packages'
jq -e '[.tasks[] | select(.source | startswith("lib@"))][0] | has("equivalent_buildroot") | not' "$out" >/dev/null ||
    fail 'what was built has an equivalent'
cp "$out" cut.json
# The same again, and together with what was built first.
built_again no && same "$out" cut.json
expect 0 albs-build --platforms test.yaml --platform test-9 first.json cut.json

# What makes another package of it.
release=3 && library 3 'int f(void) { return 3; } int g(void) { return 3; }' && together && built_again yes
expect_stderr "^albs-build: user@.*: built again: 'lib-1-3.x86_64' offers something else: library /usr/lib64/lib.so.1 "
release=4 && HEADER='int f(void); /* new */' && library 4 'int f(void) { return 1; } int g(void) { return 3; }' && together
built_again yes
expect_stderr "offers something else: file /usr/include/lib.h "
release=5 && MACRO=two && library 5 'int f(void) { return 1; } int g(void) { return 3; }' && together && built_again yes
expect_stderr "offers something else: file /usr/lib/rpm/macros.d/macros.lib "
release=6 && library 6 'int f(void) { return 1; } int g(void) { return 3; }' 'Provides: lib(new) = 1' && together
built_again yes
expect_stderr "offers something else: provides lib(new) = 1$"
# Back to what was once: no build at all, and nothing is concluded.
release=1 && unset HEADER MACRO && library 1 'int f(void) { return 1; }' && together && built_again no
expect_json '[.tasks[] | select(has("equivalent_buildroot"))] | length' 0

# Without the option a new root is a new build.
library 7 'int f(void) { return 7; }' && together
build 0 all
expect_stderr '^albs-build: user@.*: built 2 packages'
! grep 'not built again' "$err" || fail 'cut off unasked'

# Where it means nothing.
expect_from 2 all.json albs-build --platform host --early-cutoff
expect_stderr "early-cutoff is for roots of packages, and backend 'host' makes none"
expect_empty_stdout
expect_from 2 all.json albs-build --platforms test.yaml --platform test-9 --lock "$(object_of "$root")" --early-cutoff
expect_stderr 'early-cutoff would change nothing'
