#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building, testing and the demo need from the distribution's own packages; does nothing when all is
# there. Debian and Ubuntu (apt-get), AlmaLinux, RHEL and Fedora (dnf).
set -eu

debian="g++ cmake ninja-build ccache pkg-config git jq make patch file xz-utils bzip2 unzip ca-certificates
rpm librpm-dev dnf createrepo-c libcreaterepo-c-dev bubblewrap uidmap gnupg gpg-agent fakeroot
libgpgme-dev libgit2-dev libcli11-dev libfmt-dev doctest-dev libsolv-dev libsolvext-dev libmodulemd-dev
nlohmann-json3-dev libyaml-cpp-dev libarchive-dev libxml2-dev libsqlite3-dev libexpected-dev libssl-dev
libcurl4-openssl-dev libzstd-dev scdoc mandoc shellcheck strace zsh fish bash-completion python3 python3-jsonschema python3-venv
openssl bats python3-pytest gdb debugedit dwz elfutils cpio openssh-client zstd procps util-linux"
fedora="gcc-c++ cmake ninja-build ccache pkgconf git jq make patch file xz bzip2 unzip
rpm-build rpm-devel rpm-sign dnf createrepo_c createrepo_c-devel bubblewrap shadow-utils gnupg2 fakeroot
gpgme-devel libgit2-devel cli11-devel fmt-devel doctest-devel libsolv-devel libmodulemd-devel
json-devel yaml-cpp-devel libarchive-devel libxml2-devel sqlite-devel expected-devel openssl-devel
libcurl-devel libzstd-devel scdoc mandoc ShellCheck strace zsh fish bash-completion python3 python3-jsonschema
openssl bats python3-pytest gdb debugedit dwz elfutils cpio openssh-clients zstd procps-ng util-linux"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if command -v apt-get >/dev/null 2>&1; then
    missing=
    for package in $debian; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || exit 0
    echo "installing:$missing"
    as_root apt-get -qq update
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y $missing >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    rpm -q --quiet $fedora 2>/dev/null && exit 0
    as_root dnf -q -y install epel-release 2>/dev/null || :
    # shellcheck disable=SC2086
    as_root dnf -q -y --enablerepo=crb install $fedora
else
    echo "deps: neither apt-get nor dnf is here; install by hand: $debian" >&2
    exit 1
fi
