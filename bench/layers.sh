#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# layers.sh BUILD: twenty roots of the test distribution, each of five packages (and what they need) over the base root
# of a platform, beside the same roots made whole. What a root takes when its packages are there, and the room of all on
# the disk. Aims: under a second; three times the base. ALBS_BENCH_WHOLE: how many are made whole, too (3).
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"
set -- bzip2-devel zlib-devel xz-devel expat-devel readline-devel ncurses-devel pcre2-devel openssl-devel libcap-devel \
    libxml2-devel popt-devel gmp-devel libacl-devel libattr-devel bison flex gperf bc ed autoconf libtool texinfo jq less
roots=20
lock() { albs-build lock -q --platforms test.yaml --platform test-9 "$@"; }
root() { took "$1" "$ALBS_BUILD/bench/bench-root" .albs "$2" true; }
# took NAME COMMAND...: as timed, and the processor time of all that it starts in NAME-cpu.
took() {
    name=$1
    shift
    sync
    "$ALBS_SOURCE/bench/usage.py" "$out" "$@" >used 2>"$err" || fail "$*"
    awk '{ printf "%d\n", $1 * 1000 }' used >>"$name.ms"
    awk '{ printf "%d\n", $2 * 1000 }' used >>"$name-cpu.ms"
}
# How many packages a lock has beyond its base.
more() { jq '(.packages | length) - .base' "$1"; }
# kilobytes PATH...: on the disk, each inode once.
kilobytes() { in_root du -skc "$@" | tail -n 1 | cut -f1; }
lock "$@" -o all.json || fail 'cannot fetch'
lock -o base.json
for number in $(seq $roots); do
    lock --offline "$1" "$2" "$3" "$4" "$5" -o "$number.json"
    set -- "$@" "$1"
    shift
done
root base base.json
below=$(kilobytes .albs/roots)
for number in $(seq $roots); do root layer "$number.json"; done
all=$(kilobytes .albs/roots)
for number in $(seq $roots); do root kept "$number.json"; done
# A lock without base is installed at once. The command that is run in each, and the start of the program, count.
for number in $(seq "${ALBS_BENCH_WHOLE:-3}"); do
    jq 'del(.base)' "$number.json" >whole.json
    root whole whole.json
done
whole=$(kilobytes ".albs/roots/$(sha256sum <whole.json | cut -d' ' -f1)")
machine
printf '%s roots of %s packages and %s to %s more, ms\n' $roots "$(jq .base 1.json)" \
    "$(for each in $(seq $roots); do more "$each.json"; done | sort -n | sed -n '1p')" \
    "$(for each in $(seq $roots); do more "$each.json"; done | sort -n | tail -n 1)"
for clock in '' -cpu; do
    [ -z "$clock" ] || printf 'the same, processor time, ms\n'
    row 'the base' "base$clock"
    row 'a layer over it' "layer$clock"
    printf '    from %s to %s\n' "$(sort -n "layer$clock.ms" | head -n 1)" "$(sort -n "layer$clock.ms" | tail -n 1)"
    row 'the same root, whole' "whole$clock" "layer$clock"
    row 'a root that is there' "kept$clock"
done
printf 'on the disk, MB: the base %s, all %s (%s times), a whole root %s\n' $((below / 1024)) $((all / 1024)) \
    "$(awk -v all="$all" -v base="$below" 'BEGIN { printf "%.2f", all / base }')" $((whole / 1024))
