# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# On x86_64, aarch64 is built in an aarch64 root by an emulator that only the build's own namespaces know, as root and
# as a plain user; without one there is one error, before anything is fetched.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
[ "$(uname -m)" = x86_64 ] || skip 'this is no x86_64'
[ -e /usr/lib/binfmt.d/qemu-aarch64.conf ] || skip 'qemu-user-static is not installed'
mkdir binfmt
unshare --user --map-root-user --mount mount -t binfmt_misc none binfmt 2>/dev/null ||
    [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] ||
        skip 'this kernel has no emulators in user namespaces, and none for all'
arch=aarch64
profile=small
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
make_plain_user
installed=$build_packages
platform today.yaml "$distro/base"
build='echo "machine $(uname -m)"; %{__cc} %{optflags} %{build_ldflags} greet.c -o greet; readelf -h greet | grep Machine' spec greet
source_package greet
manifest_of greet >greet.json
cold_ways greet 'aarch64 ok aarch64 qemu-aarch64'
grep -q ' greet-1.0-1.el9.aarch64.rpm' greet.root-cold || fail "there is no package of aarch64: $(cat greet.root-cold)"
grep -q '^machine aarch64$' "$log" || fail 'the build saw another machine'
grep -q 'Machine: *AArch64' "$log" || fail 'it compiled for another machine'
