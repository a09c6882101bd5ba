#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deps.sh [--list] build|demo|check: installs what that purpose needs from the distribution's own packages; does nothing
# when all is there. Each purpose has those before it: build is what compiling and installing need, demo what the tools
# run and what the demo packages and proves with, check what the tests compare to. --list prints the names and installs
# nothing. Debian and Ubuntu (apt-get), AlmaLinux, RHEL and Fedora (dnf).
set -eu
list=
[ "${1:-}" != --list ] || { list=yes && shift; }

debian_build="g++ cmake ninja-build ccache pkg-config make scdoc libgpgme-dev libgit2-dev libcli11-dev libfmt-dev libsolv-dev
libsolvext-dev libmodulemd-dev librpm-dev libelf-dev libcreaterepo-c-dev libyaml-cpp-dev libxml2-dev libsqlite3-dev
libexpected-dev libssl-dev libcurl4-openssl-dev"
debian_demo="git jq patch file xz-utils bzip2 unzip zstd cpio ca-certificates rpm debugedit elfutils dnf bubblewrap uidmap
gnupg gpg-agent openssh-client python3 procps util-linux"
debian_check="doctest-dev createrepo-c fakeroot mandoc shellcheck strace zsh fish bash-completion python3-jsonschema python3-venv
openssl bats python3-pytest gdb dwz"
fedora_build="gcc-c++ cmake ninja-build ccache pkgconf make scdoc gpgme-devel libgit2-devel cli11-devel fmt-devel
libsolv-devel libmodulemd-devel rpm-devel elfutils-libelf-devel createrepo_c-devel yaml-cpp-devel libxml2-devel sqlite-devel
expected-devel openssl-devel libcurl-devel"
fedora_demo="git jq patch file xz bzip2 unzip zstd cpio rpm-build rpm-sign debugedit elfutils dnf bubblewrap shadow-utils
gnupg2 openssh-clients python3 procps-ng util-linux"
fedora_check="doctest-devel createrepo_c fakeroot mandoc ShellCheck strace zsh fish bash-completion python3-jsonschema
openssl bats python3-pytest gdb dwz"
case ${1:-} in
build) debian=$debian_build fedora=$fedora_build ;;
demo) debian="$debian_build $debian_demo" fedora="$fedora_build $fedora_demo" ;;
check) debian="$debian_build $debian_demo $debian_check" fedora="$fedora_build $fedora_demo $fedora_check" ;;
*)
    echo 'usage: deps.sh [--list] build|demo|check' >&2
    exit 2
    ;;
esac

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    [ -z "$list" ] || exec printf '%s\n' $debian
    missing=
    for package in $debian; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || exit 0
    echo "installing:$missing"
    as_root apt-get -qq update
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y $missing >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    [ -z "$list" ] || exec printf '%s\n' $fedora
    # shellcheck disable=SC2086
    rpm -q --quiet $fedora 2>/dev/null && exit 0
    as_root dnf -q -y install epel-release 2>/dev/null || :
    # shellcheck disable=SC2086
    as_root dnf -q -y --enablerepo=crb install $fedora
else
    echo "deps: neither apt-get nor dnf is here; install by hand: $debian" >&2
    exit 1
fi
