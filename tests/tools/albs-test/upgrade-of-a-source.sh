# SPDX-License-Identifier: GPL-3.0-or-later
# upgrade and downgrade: all packages of a source together, from releases that a repository has, as dnf does it: packages
# are split, renamed and versioned, and what a user changed in settings is there afterwards.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
command -v createrepo_c >/dev/null || skip "there is no createrepo_c"

# package NAME VERSION [PREAMBLE] < the rest: a package whose file names its version.
package() {
    {
        printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%s\n%%description\nx\n' \
            "$1" "$2" "${3:-}"
        cat
    } >"$1.in"
    build_packages <"$1.in"
}
make() { printf '%%%%install\ninstall -d %%{buildroot}/etc %%{buildroot}/usr/share/%s\n' "$1"; }

{ make split; echo 'echo a >%{buildroot}/usr/share/split/a; echo 1 >%{buildroot}/usr/share/split/b'
  printf '%%files\n/usr/share/split\n'; } | sed 's/^%%/%/' | package split 1
{ make versioned; echo 'echo 1 >%{buildroot}/usr/share/versioned/1'
  printf '%%package libs\nSummary: x\nProvides: libversioned(1)\n%%description libs\nx\n%%files\n%%files libs\n/usr/share/versioned\n'; } |
    sed 's/^%%/%/' | package versioned 1 'Requires: versioned-libs = 1'
{ make oldname; printf '%%files\n/usr/share/oldname\n'; } | sed 's/^%%/%/' | package oldname 1
for name in kept lost moved; do
    { make $name; echo "echo 1 >%{buildroot}/etc/$name.conf"
      printf '%%files\n%%config(noreplace) /etc/%s.conf\n' $name; } | sed 's/^%%/%/' | package $name 1
done
{ make stuck; printf '%%package data\nSummary: x\nRequires: stuck = 1\n%%description data\nx\n%%files\n%%files data\n/usr/share/stuck\n'; } |
    sed 's/^%%/%/' | package stuck 1
mkdir one && mv rpms/*.rpm one/
{ make kept; echo "echo 2 >%{buildroot}/etc/kept.conf"
  printf '%%files\n%%config(noreplace) /etc/kept.conf\n%%preun\nexit 3\n'; } | sed 's/^%%/%/' | package kept 0
mkdir zero && mv rpms/*.rpm zero/
cp zero/*.rpm one/
createrepo_c -q one

{ make split; echo 'echo a >%{buildroot}/usr/share/split/a; echo 2 >%{buildroot}/usr/share/split/b'
  printf '%%package data\nSummary: x\n%%description data\nx\n%%files\n%%dir /usr/share/split\n/usr/share/split/a\n'
  printf '%%files data\n%%dir /usr/share/split\n/usr/share/split/b\n'; } | sed 's/^%%/%/' | package split 2 'Requires: split-data = 2'
{ make versioned; echo 'echo 2 >%{buildroot}/usr/share/versioned/2'
  printf '%%package libs\nSummary: x\nProvides: libversioned(2)\n%%description libs\nx\n%%files\n%%files libs\n/usr/share/versioned\n'; } |
    sed 's/^%%/%/' | package versioned 2 'Requires: versioned-libs = 2'
{ make oldname; printf '%%package -n newname\nSummary: x\nObsoletes: oldname < 2\nProvides: oldname = 2\n%%description -n newname\nx\n%%files -n newname\n/usr/share/oldname\n'; } |
    sed 's/^%%/%/' | package oldname 2
{ make kept; echo 'echo 3 >%{buildroot}/etc/kept.conf'
  printf '%%files\n%%config(noreplace) /etc/kept.conf\n'; } | sed 's/^%%/%/' | package kept 2
{ make lost; echo 'echo 2 >%{buildroot}/etc/lost.conf'
  printf '%%pre\n[ $1 = 1 ] || echo 2 >/etc/lost.conf\n%%files\n%%config(noreplace) /etc/lost.conf\n'; } | sed 's/^%%/%/' | package lost 2
{ make moved; echo 'echo 2 >%{buildroot}/etc/moved.conf'
  printf '%%files\n/etc/moved.conf\n'; } | sed 's/^%%/%/' | package moved 2
{ make stuck; printf '%%files\n/usr/share/stuck\n'; } | sed 's/^%%/%/' | package stuck 2
built_manifest rpms/*.rpm >built.json

expect 1 albs-test --repo one built.json
for name in split versioned versioned-libs kept newname; do expect_test pass upgrade $name; done
expect_test pass upgrade split-data
expect_test pass downgrade versioned
expect_test pass downgrade kept
expect_test skip downgrade split '^split-1-1 has no split-data$'
expect_test skip downgrade newname '^oldname-1-1 has no newname$'
expect_test fail upgrade moved "^from moved-1-1: '/etc/moved.conf' was %config(noreplace), and what a user changed in it is now in '/etc/moved.conf.rpmsave'$"
expect_test fail upgrade lost "^from lost-1-1: what a user changed in '/etc/lost.conf' is lost$"
expect_test fail upgrade stuck '^from stuck-1-1: no upgrade: stuck-1-1.noarch stays as it is: '

# The newest alone, unless more are asked for.
log_of upgrade kept | grep -q kept-0 && fail 'an older release than the newest'
expect 1 albs-test --repo one --releases 2 built.json
expect_test fail upgrade kept '^from kept-0-1: %preun(kept-0-1.noarch) scriptlet failed, exit status 3$'
expect_test pass upgrade versioned
expect 2 albs-test --releases -1 built.json
