# SPDX-License-Identifier: GPL-3.0-or-later
# emulation.sh DIR: what runs programs of other architectures, for tests/tools/albs-build/root-emulated.sh.
set -eu
[ -e /usr/lib/binfmt.d/qemu-aarch64.conf ] || {
    command -v apt-get >/dev/null || exit 0
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get -qq update
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y qemu-user-static \
        >/dev/null
}
