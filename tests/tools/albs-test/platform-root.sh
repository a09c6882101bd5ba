# SPDX-License-Identifier: GPL-3.0-or-later
# Packages that were built for a platform are tried in a root of that platform: its own rpm, shell and libraries, solved
# from its repositories, with what they require from there and from the build.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"

# libsay is a library; says is linked with it, and asks for a package of the repositories; its scriptlets tell where
# they run.
cat >libsay.spec <<'END'
Name: libsay
Version: 1.0
Release: 1%{?dist}
Summary: A library
License: MIT
%description
x
%package devel
Summary: Its header
Requires: libsay%{?_isa} = %{version}-%{release}
%description devel
x
%install
mkdir -p %{buildroot}%{_libdir} %{buildroot}%{_includedir}
echo 'const char *word(void) { return "said"; }' >w.c
echo 'const char *word(void);' >%{buildroot}%{_includedir}/say.h
gcc -g -O2 -fPIC -shared -Wl,-soname,libsay.so.1 w.c -o %{buildroot}%{_libdir}/libsay.so.1.0
ln -s libsay.so.1.0 %{buildroot}%{_libdir}/libsay.so.1
ln -s libsay.so.1 %{buildroot}%{_libdir}/libsay.so
%files
%{_libdir}/libsay.so.1*
%files devel
%{_libdir}/libsay.so
%{_includedir}/say.h
END
cat >says.spec <<'END'
Name: says
Version: 1.0
Release: 1%{?dist}
Summary: A program
License: MIT
BuildRequires: libsay-devel
Requires: jq
%description
x
%install
mkdir -p %{buildroot}%{_bindir}
printf '#include <say.h>\n#include <stdio.h>\nint main(void) { return puts(word()) < 0; }\n' >s.c
gcc -g -O2 s.c -lsay -o %{buildroot}%{_bindir}/says
%post
. /etc/os-release
echo "post runs on $ID, and says it $(says)"
jq -n 1 >/dev/null
%files
%{_bindir}/says
END
source_package libsay
source_package says
manifest_of libsay says >all.json
expect_from 0 all.json albs-build --platforms test.yaml --platform test-9 -o built.json

expect_from 0 built.json albs-test -o tested.json --output out
cp tested.json "$out"
expect_json '[.tests[] | select(.status != "pass" and (.name | endswith("grade") | not))]' '[]'
expect_json '[.tests[] | select(.name == "install") | .log != null] | sort | map(tostring) | join(" ")' 'false false true'
expect_json '[.tests[] | select(.name == "upgrade") | .reason] | unique | join(" ")' 'no repository has an older version'
# The scriptlet found the platform's own system, what it requires, and the library of the same build.
log=$(jq -r '.tests[] | select(.name == "install" and .log != null).log' tested.json)
grep -qx 'post runs on testlinux, and says it said' "$(object_of "$log")" || fail "$(cat "$(object_of "$log")")"

# What was fetched and made stays: without the repositories the same comes out, offline.
for each in base updates appstream; do mv "$distro/$each" "$distro/$each.away"; done
rm -rf .albs/tests
expect_from 0 built.json albs-test --offline
jq -S '[.tests[] | {id, status, reason}]' tested.json >first
jq -S '[.tests[] | {id, status, reason}]' "$out" | diff first - || fail 'it is not the same offline'
for each in base updates appstream; do mv "$distro/$each.away" "$distro/$each"; done

# As a plain user, from nothing but the manifest and the store.
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
plain_user
mkdir theirs
cp -r .albs/store theirs/
chmod -R a+rX "$distro"
[ -z "$as_user" ] || chown -R $plain_id theirs
if $as_user unshare --map-root-user --map-auto true 2>/dev/null; then
    $as_user albs-test --workspace "$work/theirs" built.json >"$out" 2>"$err" || fail 'as a plain user'
    jq -S '[.tests[] | {id, status, reason}]' "$out" | diff first - || fail 'a plain user comes to something else'
fi

# What is wrong in that root is found: a library that its repositories lack, a scriptlet that fails there alone, a file
# that stays, and what belongs to others.
for name in lacks fails leaves harms changes; do
    printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n' $name >$name.spec
done
echo 'Requires: nothing-has-this' >>lacks.spec
for name in lacks fails leaves harms changes; do printf '%%description\nx\n%%files\n' >>$name.spec; done
# shellcheck disable=SC2016
echo '%post
. /etc/os-release; test "$ID" != testlinux' >>fails.spec
echo '%post
touch /usr/bin/left' >>leaves.spec
echo '%post
rm -f /usr/bin/true' >>harms.spec
echo '%post
echo >>/usr/lib/os-release' >>changes.spec
for name in lacks fails leaves harms changes; do source_package $name; done
manifest_of lacks fails leaves harms changes >bad.json
expect_from 0 bad.json albs-build --platforms test.yaml --platform test-9 -o bad-built.json
expect_from 1 bad-built.json albs-test
result() { expect_json "[.tests[] | select(.task | startswith(\"$1@\")) | select(.name == \"$2\") | .status, .reason] | join(\": \")" "$3"; }
result lacks installability 'fail: nothing provides nothing-has-this needed by lacks-1-1.noarch'
result fails install 'fail: %post(fails-1-1.noarch) scriptlet failed, exit status 1'
result harms install "fail: '/usr/bin/true' of coreutils is gone"
result changes install "fail: '/usr/lib/os-release' of test-release was changed"
result leaves remove "fail: leaves '/usr/bin/left' behind"

# The root of the tests is what data.test.install says.
sed "s|^    mock: {|    test: {install: [bash, coreutils, rpm]}\n&|" test.yaml >small.yaml
printf 'Name: plain\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%%description\nx\n%%post\ntest -e /usr/bin/gcc && echo has gcc || echo has no gcc\n%%files\n' >plain.spec
source_package plain
manifest_of plain >plain.json
expect_from 0 plain.json albs-build --platforms small.yaml --platform test-9 -o plain-built.json
expect_from 0 plain-built.json albs-test
log=$(jq -r '.tests[] | select(.name == "install").log' "$out")
grep -qx 'has no gcc' "$(object_of "$log")" || fail "the root has more than it should: $(cat "$(object_of "$log")")"

# Third-party tests run there, too; what would run them has to be there.
mkdir -p suite/says
printf '#!/bin/sh\n. /etc/os-release; test "$ID" = testlinux && test "$(says)" = said\n' >suite/says/says.sh
printf '@test "x" { true; }\n' >suite/says/x.bats
git init -q suite-repo
cp -r suite suite-repo/
git -C suite-repo -c user.name=x -c user.email=x@example.org add -A
git -C suite-repo -c user.name=x -c user.email=x@example.org commit -q -m x
expect_from 0 built.json albs-test --tests "file://$work/suite-repo#HEAD:suite/{name}"
expect_json '[.tests[] | select(.name == "third-party/says.sh" and (.task | startswith("says@"))) | .status] | join(" ")' pass
expect_json '[.tests[] | select(.name == "third-party/x.bats") | "\(.status) \(.reason)"] | unique | join(" ")' \
    "skip the platform's root has no bats: name it in data.test.install of the platform"
