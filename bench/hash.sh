#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# hash.sh BUILD: hashing of artifacts, against sha256sum on the same files in page cache. Aim: within 10 %.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# best OF COMMAND...: milliseconds of the fastest of 5.
best() {
    least=
    for _ in 1 2 3 4 5; do
        started=$(date +%s%N)
        "$@" >/dev/null 2>&1
        took=$((($(date +%s%N) - started) / 1000000))
        [ -n "$least" ] && [ "$least" -le "$took" ] || least=$took
    done
    echo "$least"
}
compare() {
    theirs=$(best sha256sum "$@")
    ours=$(best "$build/bench/bench-hash" "$@")
    awk -v w="$what" -v o="$ours" -v t="$theirs" \
        'BEGIN { printf "%-22s %d ms, sha256sum %d ms: ratio %.2f\n", w, o, t, o/t }'
}
head -c 1000000000 /dev/urandom >"$work/large"
what='one file of 1 GB'
compare "$work/large"
rm "$work/large"
mkdir "$work/small"
head -c 74000000 /dev/urandom | split -b 37000 -a 4 - "$work/small/f"
what='2000 files of 37 kB'
compare "$work"/small/*
