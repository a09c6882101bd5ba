# SPDX-License-Identifier: GPL-3.0-or-later
# What a platform's repositories led to is remembered: as long as they are the same and the root is there, nothing is
# solved and no package is looked at. Without the root, or with another question, everything is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"
build=: install='install -D -m 644 plain.c %{buildroot}%{_docdir}/plain/plain.c' check=: files='' \
    preamble='BuildArch: noarch' spec plain
source_package plain
manifest_of plain >plain.json
# build_anew: as if it had not been built; what was fetched meanwhile is counted in $fetched.
build_anew() {
    rm -rf .albs/tasks .albs/dnf
    expect_from 0 plain.json albs-build -v --platforms test.yaml --platform test-9 "$@"
    expect_json '.tasks[0].status' ok
    fetched=$(find .albs/dnf -path '*sha256*' -type f | wc -l)
    buildroot=$(jq -r '.tasks[0].buildroot' "$out")
}
build_anew
[ "$fetched" -gt 100 ] || fail "only $fetched packages were fetched"
first=$buildroot
cp "$err" first.err
build_anew
[ "$fetched" = 0 ] || fail "$fetched packages were fetched although the root is there"
[ "$buildroot" = "$first" ] || fail 'another lock'
expect_stderr "no repository has 'info' of group 'build'" # warnings stay true
# Another question has its own answer.
build_anew --exclude 'bzip2-devel'
[ "$fetched" -gt 100 ] || fail 'the answer to another question was taken'
# Packages are fetched and checked where they are installed.
rm -rf .albs/roots
build_anew
[ "$fetched" -gt 100 ] || fail "only $fetched packages were fetched for a new root"
[ "$buildroot" = "$first" ] || fail 'another lock after the root was gone'
# A repository that changed is asked again, even if what it has now makes the same root.
cp -r "$distro/appstream" changed
sed -i "s|$distro/appstream|$PWD/changed|" test.yaml
build_anew
[ "$fetched" = 0 ] || fail 'the place of a repository is part of the question'
sed -i 's|<revision>[0-9]*|<revision>1999999999|' changed/repodata/repomd.xml
gpg --homedir "$distro/gnupg" --batch --yes -q --detach-sign --armor changed/repodata/repomd.xml 2>>"$err" ||
    fail 'cannot sign'
build_anew
[ "$fetched" -gt 100 ] || fail 'nobody solved what the changed repository has'
