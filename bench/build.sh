#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh BUILD: a trivial package from manifest to manifest in a clean root that is there, and in a root from nothing,
# against dnf --installroot of the same packages (which builds nothing), in one run. Aims: under 0.5 s; twice as fast.
set -eu
ALBS_BIN=$(cd "$1" && pwd)/tools
ALBS_SOURCE=$(cd "$(dirname "$0")/.." && pwd)
export ALBS_BIN ALBS_SOURCE
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
. "$ALBS_SOURCE/tests/root_lib.sh"
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
timed() {
    started=$(milliseconds)
    "$@" >"$out" 2>"$err" || fail "$*"
    taken=$(($(milliseconds) - started))
}
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
build=: install='install -D -m 644 trivial.c %{buildroot}%{_docdir}/trivial/trivial.c' check=: files='' preamble='BuildArch: noarch' spec trivial
source_package trivial
manifest_of trivial >trivial.json
for round in 1 2 3; do
    rm -rf .albs/roots .albs/tasks
    timed albs-build -q --lock lock.json trivial.json
    cold=$taken
    rm -rf .albs/tasks
    timed albs-build -q --lock lock.json trivial.json
    warm=$taken
    rm -rf peer
    # shellcheck disable=SC2046
    timed dnf_into "$PWD/peer" install $(jq -r '.packages[].nevra' lock.json)
    printf '%s packages: new root and build %s ms, build in it %s ms, dnf --installroot %s ms: %s.%02s x\n' \
        "$(jq '.packages | length' lock.json)" $cold $warm $taken $((taken / cold)) $((taken * 100 / cold % 100))
done
