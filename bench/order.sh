#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# order.sh BUILD: the order of 100, 1,000 and 10,000 sources (bench-order), and how it grows. Aim: near-linear, 10,000 in
# under 10 s and 1 GB.
set -eu
. "$(dirname "$0")/setup.inc"
machine
before=
for count in 100 1000 10000; do
    "$ALBS_BUILD/bench/bench-order" "$count" | awk -v before="$before" '{
        printf "  %6d sources %10.1f ms %8.1f us a source %5d waves %7.1f MB%s\n", $1, $2, $2 / $1 * 1e3, $3, $4,
            before ? sprintf("  %.1f times", $2 / before) : "" }' | tee "$work/line"
    before=$(awk '{ print $3 }' "$work/line")
done
