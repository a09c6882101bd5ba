#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# proofs.sh BUILD: how large a notarized manifest of 300 packages is, what it takes to record it and to verify it, and to
# verify one file with the proof beside it; beside each sha256sum of the same bytes. Wall seconds, those of the
# processors, and MB; medians of ALBS_BENCH_ROUNDS rounds. ALBS_BENCH_PACKAGES: "300".
set -eu
. "$(dirname "$0")/setup.inc"

count=${ALBS_BENCH_PACKAGES:-300}
ALBS_WORKSPACE=$work/workspace
export ALBS_WORKSPACE
export ALBS_REMEMBER="$work/heads"
mkdir -p "$ALBS_WORKSPACE/store"
python3 "$ALBS_SOURCE/tests/fixture/many_packages.py" "$count" >bare.json
before() {
    [ -n "$fresh" ] || return 0
    rm -rf "$ALBS_WORKSPACE/ledger" "$ALBS_REMEMBER"
    albs-notarize init -q --origin localhost/bench >/dev/null
}
machine
fresh=1
measure 'albs-notarize' albs-notarize -q bare.json
fresh=
cp "$out" notarized.json
key=$ALBS_WORKSPACE/ledger/log.vkey
measure 'again' albs-notarize -q bare.json
measure 'again, notarized' albs-notarize -q notarized.json
measure 'verify' albs-notarize verify -q --log-key "$key" notarized.json
measure 'sha256sum of it' sha256sum notarized.json
echo image >image.iso
albs-notarize files -q image.iso >image.json
albs-notarize export -q --log-key "$key" . image.json >"$out"
# One file takes less than that clock shows.
each() {
    title=$1
    shift
    started=$(date +%s%N)
    for _ in $(seq 100); do "$@" >"$out" 2>"$err" || fail "$title"; done
    awk -v name="$title" -v ns=$(($(date +%s%N) - started)) 'BEGIN { printf "%-26s %6.2f ms\n", name, ns / 1e8 }'
}
each 'verify of one file' albs-notarize verify -q --log-key "$key" image.iso
each 'albs-notarize --version' albs-notarize --version
each 'sha256sum of one file' sha256sum image.iso
jq -r '[(.notarizations | length), (.notarizations | tojson | length),
    ((.ledgers + .checkpoints) | tojson | length), (tojson | length)] | map(tostring) | join(" ")' notarized.json |
    awk -v n="$count" '{ printf "%d packages: %.2f MB; %d notarizations %.2f MB (%.0f bytes each), what they share %.2f MB\n",
        n, $4 / 1e6, $1, $2 / 1e6, $2 / $1, $3 / 1e6 }'
