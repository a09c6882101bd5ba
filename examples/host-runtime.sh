#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# host-runtime.sh REPOSITORY RPM...: makes REPOSITORY, an rpm-md repository with one package, host-runtime, that holds
# what the given packages require of the machine they were built on: its C library and other shared libraries, its
# shell. On a machine without RPM repositories of its own (Debian) dnf can then resolve and install packages that were
# built with the platform `host`. On EL or Fedora use the distribution's repositories instead.
set -eu
repository=$1
shift
mkdir -p "$repository"
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

for package in "$@"; do
    rpm -qp --requires "$package" 2>/dev/null
    rpm -qp --provides "$package" 2>/dev/null | sed 's/^/provided /'
done | sort -u >"$build/needs"

library() { # SONAME: where this machine has it
    ldconfig -p | awk -v soname="$1" '$1 == soname && /x86-64|AArch64|libc6\)/ { print $NF; exit }'
}
files() { # every path the requirements name, and what those in turn link
    while read -r need _; do
        case $need in
        rpmlib* | rtld* | config* | provided) continue ;;
        /*) echo "$need" ;;
        *.so*) library "${need%%(*}" ;;
        esac
    done <"$build/needs" | sort -u | while read -r path; do
        [ -e "$path" ] || continue
        echo "$path"
        ldd "$path" 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^\t\(\/[^ ]*\) .*/\1/p'
    done | sort -u
}
files >"$build/paths"
mkdir -p "$build/tree"
while read -r path; do
    mkdir -p "$build/tree/$(dirname "$path")"
    cp -L "$path" "$build/tree/$path"
done <"$build/paths"
cat >"$build/host-runtime.spec" <<SPEC
Name: host-runtime
Version: 1
Release: 1
Summary: What packages of the platform host need of the machine they were built on
License: GPL-3.0-or-later
# The runtime linker's features are a Provides of glibc by hand, in every distribution.
Provides: rtld(GNU_HASH)
%global debug_package %{nil}
%global __brp_strip %{nil}
%global _build_id_links none
%description
Shared libraries and interpreters of the build machine, for a scratch root.
%install
cp -a $build/tree/. %{buildroot}
%files
$(cat "$build/paths")
SPEC
rpmbuild --quiet -bb --define "_topdir $build/rpm" --define "_rpmdir $repository" --define '__os_install_post %{nil}' \
    --define '_buildshell /bin/sh' "$build/host-runtime.spec" >"$build/log" 2>&1 || { cat "$build/log" >&2; exit 1; }
createrepo_c --quiet "$repository"
