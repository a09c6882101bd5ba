# SPDX-License-Identifier: GPL-3.0-or-later
# On x86_64, i686 is built in an i686 root whose programs see an i686 machine, as root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
[ "$(uname -m)" = x86_64 ] || skip 'this is no x86_64'
arch=i686
profile=small
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
make_plain_user
installed=$build_packages
platform today.yaml "$distro/base"
build='echo "machine $(uname -m)"; printf "int size = sizeof(void *);" | %{__cc} -x c -c -o size.o - && readelf -h size.o | grep Class
%{__cc} %{optflags} %{build_ldflags} greet.c -o greet' spec greet
source_package greet
manifest_of greet >greet.json
cold_ways greet 'i686 ok i686 null'
for package in greet greet-debuginfo; do grep -q " $package-1.0-1.el9.i686.rpm" greet.root-cold ||
    fail "there is no $package of i686: $(cat greet.root-cold)"; done
grep -q '^machine i686$' "$log" || fail 'the build saw another machine'
grep -q 'Class: *ELF32' "$log" || fail 'it compiled for another machine'
