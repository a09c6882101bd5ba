# SPDX-License-Identifier: GPL-3.0-or-later
# From a .deb to an RPM: places, owners, modes, links, names, versions and relations. Needs no network.
. "$ALBS_SOURCE/tests/lib.sh"
for program in dpkg-deb rpmbuild fakeroot python3; do
    command -v $program >/dev/null || skip "'$program' is not installed"
done

# deb NAME VERSION ARCHITECTURE FIELD...: of the files in $work/NAME
deb() {
    mkdir -p "$1/DEBIAN" debs
    printf '%s\n' "Package: $1" "Version: $2" "Architecture: $3" 'Maintainer: nobody <nobody@example.org>' \
        "Description: $1 of the test" >"$1/DEBIAN/control"
    file=$1
    version=$2
    shift 3
    [ $# = 0 ] || printf '%s\n' "$@" >>"$file/DEBIAN/control"
    fakeroot sh -c "[ ! -e $file/usr/bin/setgid ] || chgrp 22 $file/usr/bin/setgid; [ ! -e $file/usr/bin/setgid ] || chmod 2755 $file/usr/bin/setgid
        dpkg-deb --build $file debs/$file.deb" >"$out" 2>"$err" || fail "no $file.deb"
}
mkdir -p one/bin one/usr/bin one/lib/one one/etc/one one/usr/share/doc/one one/usr/lib/one
echo '#!/bin/sh' | tee one/bin/one >one/usr/bin/setgid
chmod 755 one/bin/one
echo data >'one/usr/lib/one/a [b] %c'
ln -s ../../etc/one/conf one/lib/one/conf
ln one/bin/one one/bin/two
echo conf >one/etc/one/conf
echo text >one/usr/share/doc/one/copyright
deb one 1:2.0-3+b1 all \
    'Depends: libc6 (>= 2.30), two (>> 1.0), two (= 1.5-1) | gone, three (<< 0.9~rc1-.), nobody | two | three, virtual, gone2' 'Provides: one-api-2' 'Recommends: three, absent'
deb two 1.5-1 all 'Provides: virtual'
deb three 0.9~rc1 all
deb libc6 2.36-9 all

expect 0 python3 -B "$ALBS_SOURCE/tests/distro/convert.py" --jobs 1 --target noarch --memory memory debs rpms
expect_empty_stdout
expect_no_stderr
ask() { rpm -qp --dbpath "$work/none" --nosignature --qf "$1" "$2" 2>>"$err"; }
one=$(echo rpms/one-*.rpm)
[ "$(ask '%{epoch}:%{name}-%{version}-%{release}.%{arch}' "$one")" = '1:one-2.0-3+b1.el9.noarch' ] ||
    fail "$(ask '%{nevra}' "$one")"
ask '[%{filemodes:perms} %{fileusername} %{filegroupname} %{filenames} %{filelinktos}\n]' "$one" | grep -v '^d' |
    sed 's/ *$//' | sort >files
cat >wanted <<'END'
-rw-r--r-- root root /etc/one/conf
-rw-r--r-- root root /usr/lib/one/a [b] %c
-rwxr-sr-x root utmp /usr/bin/setgid
-rwxr-xr-x root root /usr/bin/one
-rwxr-xr-x root root /usr/bin/two
lrwxrwxrwx root root /usr/lib/one/conf ../../../etc/one/conf
END
group=$(getent group 22 | cut -d: -f1)
sed -i "s/ utmp / ${group:-utmp} /" wanted
diff wanted files >"$out" || fail 'other files'
rpm -qp --dbpath "$work/none" --nosignature --requires "$one" 2>>"$err" | grep -v -e '^rpmlib' >"$out"
for requirement in 'glibc >= 2.30' 'two >= 1.0' 'two = 1.5-1.el9' '(two or three)' three virtual filesystem; do
    grep -qxF "$requirement" "$out" || fail "no '$requirement'"
done
! grep -e gone -e nobody "$out" || fail 'requires what is not there'
[ "$(rpm -qp --dbpath "$work/none" --nosignature --recommends "$one" 2>>"$err")" = three ] || fail 'recommends'
rpm -qp --dbpath "$work/none" --nosignature --provides "$one" 2>>"$err" >"$out"
expect_stdout '^one-api-2$'
expect_stdout '^/bin/one$'
rpm -qp --dbpath "$work/none" --nosignature --configfiles "$one" 2>>"$err" >"$out"
[ "$(cat "$out")" = /etc/one/conf ] || fail 'configuration files'
[ "$(ask '%{version}-%{release}' rpms/three-*.rpm)" = '0.9~rc1-0.el9' ] || fail 'a version without a revision'

# Converted once, remembered after; an update is another package.
mv rpms first
expect 0 python3 -B "$ALBS_SOURCE/tests/distro/convert.py" --jobs 1 --target noarch --memory memory debs rpms
[ "$(stat -c %i first/one-*)" = "$(stat -c %i rpms/one-*)" ] || fail 'converted twice'
expect 0 python3 -B "$ALBS_SOURCE/tests/distro/convert.py" --jobs 1 --target noarch --only two --dist .el9.1 debs \
    updates
[ "$(echo updates/*)" = updates/two-1.5-1.el9.1.noarch.rpm ] || fail "$(echo updates/*)"

mkdir bad && echo nonsense >bad/bad.deb
expect 1 python3 -B "$ALBS_SOURCE/tests/distro/convert.py" --jobs 1 bad rpms
expect_stderr 'bad.deb'
