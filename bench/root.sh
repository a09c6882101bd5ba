#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# root.sh BUILD: a root of about 190 packages of the test distribution: from nothing (metadata and packages fetched,
# verified, solved, installed), with the packages there, against dnf --installroot of the same words; and a command run
# in a root that is there. Aims: twice as fast; under 0.1 s. ALBS_BENCH_ROUNDS: of each (5), which take 1.5 GB of disk.
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
. "$ALBS_SOURCE/bench/peers.inc"
words='@build autoconf automake libtool bison flex gettext texinfo bzip2-devel git-core rsync jq'
# shellcheck disable=SC2086 # words
lock() { ours lock -q $words -o large.json; }
lock 2>"$err" || fail 'cannot lock the large root'
root() { "$ALBS_BUILD/bench/bench-root" .albs large.json true; }
new_root() { lock && root; }
# Out of the way and not removed: ext4 avoids inodes that were freed minutes ago, and looks at each of them.
aside() { for path; do [ ! -e "$path" ] || in_root mv "$path" "$aside/$(date +%s%N)"; done; }
aside=$work/aside
mkdir "$aside"
defer 'in_root rm -rf "$aside"'
for _ in $(seq "$rounds"); do
    aside .albs/roots
    timed root.new new_root
    timed root.kept root
    aside .albs/roots .albs/metadata .albs/dnf .albs/solved .albs/package-signatures
    timed root.first new_root
    aside peer
    # shellcheck disable=SC2086 # words
    timed root.dnf dnf_into "$PWD/peer" install $words
done
printf '\nroot of %s packages, ms\n' "$(jq '.packages | length' large.json)"
row 'ours, solved, packages there' root.new
row 'ours, nothing there' root.first
row 'dnf --installroot' root.dnf root.new root.first
row 'ours, root there' root.kept
