# SPDX-License-Identifier: GPL-3.0-or-later
# token.sh DIR: a token in software and OpenSSL's way to it, for tests/interop/token.sh.
set -eu
command -v softhsm2-util >/dev/null && command -v pkcs11-tool >/dev/null && exit 0
command -v apt-get >/dev/null || exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get -qq update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y softhsm2 opensc \
    libengine-pkcs11-openssl >/dev/null
