#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [NAME...]: every benchmark (or those named), each a script that prints ratios to another program doing
# the same work in the same run. Numbers are kept by people, not asserted by tests.
set -eu
build=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")"
cmake --build "$build" --target bench-programs >/dev/null
[ $# -gt 0 ] || set -- *.sh
for name; do
    name=${name%.sh}
    [ "$name" != run ] || continue
    printf '== %s\n' "$name"
    sh "./$name.sh" "$build"
done
