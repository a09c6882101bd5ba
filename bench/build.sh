#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh BUILD: packages built in roots of the test distribution, side by side with other programs on the same
# repositories, in alternating rounds. Aims: a trivial package from manifest to manifest, in a clean root each time,
# under 0.5 s, 15 times as fast as mock and 3 times as fast as mock --no-clean; another one within 5 % or 0.5 s of bare
# rpmbuild. ALBS_BENCH_ROUNDS: of each (5). ALBS_BENCH_SRPMS: a directory with the source packages rootfiles-* and zip-*
# of Enterprise Linux 9; without it stand-ins are built, one as trivial, one with some C in it. mock and obs-build are
# those of PATH; mock needs its right to make roots (as root: SUDO_UID) and dnf's builddep.
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
. "$ALBS_SOURCE/bench/peers.inc"

# real NAME STAND-IN: the source package of that name, or the other one; sets $package.
real() {
    file=$(ls "${ALBS_BENCH_SRPMS:-/nonexistent}/$1"-[0-9]*.src.rpm 2>/dev/null | head -n 1)
    package=$1
    if [ -n "$file" ]; then
        cp "$file" "$1.src.rpm"
    else
        package=$2
        source_package "$2"
    fi
    manifest_of "$package" >"$package.json"
}
build=: install='install -D -m 644 trivial.c %{buildroot}%{_docdir}/trivial/trivial.c' check=: files='' \
    preamble='BuildArch: noarch' spec trivial
spec compiled
real rootfiles trivial
trivial=$package
real zip compiled
larger=$package
again() { rm -rf .albs/tasks result; }

# What stays as it is: a root of the platform's packages, a copy of it, the peers' caches.
ours -q "$trivial.json" "$larger.json" -o built.json 2>"$err" || fail 'cannot build the packages'
lock_file() { jq -r --arg source "$1@" '.tasks[] | select(.source | startswith($source)).buildroot' built.json |
    sed "s|^\(..\)|$work/.albs/store/sha256/\1/\1|"; }
machine
make_peers
for package in "$trivial" "$larger"; do
    copy_root "$(lock_file "$package")"
    for _ in $(seq "$rounds"); do
        again; timed "$package.lock" albs-build -q --lock "$(lock_file "$package")" "$package.json"
        again; timed "$package.solved" ours -q "$package.json"
        timed "$package.bare" rpmbuild_in_copy "$package"
        run_peers "$package"
    done
    printf '\n%s, ms; ours from manifest to manifest, others from source package to packages\n' "$package"
    row 'ours, clean root, from a lock' "$package.lock"
    row 'ours, clean root, solved' "$package.solved"
    row 'mock, clean root' "$package.mock" "$package.solved" "$package.lock"
    row 'mock --no-clean, kept root' "$package.mock-kept" "$package.solved" "$package.lock"
    row 'obs-build, kept root' "$package.obs" "$package.solved" "$package.lock"
    row 'bare rpmbuild, kept root' "$package.bare" "$package.solved" "$package.lock"
done
