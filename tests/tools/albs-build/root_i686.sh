# SPDX-License-Identifier: GPL-3.0-or-later
# On x86_64, i686 is built in an i686 root whose programs see an i686 machine, as root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
[ "$(uname -m)" = x86_64 ] || skip 'this is no x86_64'
arch=i686
profile=small
. "$ALBS_SOURCE/tests/root_lib.sh"
. "$ALBS_SOURCE/tests/four_ways.sh"
make_plain_user
installed=$build_packages
platform today.yaml "$distro/base"
build='echo "machine $(uname -m)"; printf "int size = sizeof(void *);" | %{__cc} -x c -c -o size.o - && readelf -h size.o | grep Class
%{__cc} %{optflags} %{build_ldflags} greet.c -o greet' spec greet
source_package greet
manifest_of greet >greet.json
for way in root-cold user-cold; do
    one_way $way greet || fail "$way"
    cp "greet.$way.json" "$out"
    expect_json '.tasks[0] | "\(.arch) \(.status) \(.isolation.machine) \(.isolation.emulator)"' 'i686 ok i686 null'
    packages_of "$out" >$way
done
same root-cold user-cold
for package in greet greet-debuginfo; do grep -q " $package-1.0-1.el9.i686.rpm" root-cold || fail "there is no $package of i686: $(cat root-cold)"; done
log=$(jq -r '.tasks[0].log' "$out")
log=ways/user-cold/store/sha256/$(printf %.2s "$log")/$log
grep -q '^machine i686$' "$log" || fail 'the build saw another machine'
grep -q 'Class: *ELF32' "$log" || fail 'it compiled for another machine'
