#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# look.sh BUILD: what it takes to ask a remote log about one file with its proof: requests, bytes of bodies, and seconds,
# for the first time, again, and after a revocation; beside it the same for a file without a proof, for which the whole
# log is read, as it was for every file before there were lists of statuses. ALBS_BENCH_ENTRIES: "24000".
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/fixture/server.sh"

entries=${ALBS_BENCH_ENTRIES:-24000}
XDG_CACHE_HOME=$work/cache
ALBS_REMEMBER=$work/heads
ALBS_LEDGER=$work/ledger
export XDG_CACHE_HOME ALBS_REMEMBER ALBS_LEDGER
albs-notarize init -q --origin localhost/bench >/dev/null
key=$ALBS_LEDGER/log.vkey
mkdir files beside
echo file >beside/file
echo bare >bare
albs-notarize files -q beside/file >file.json
albs-notarize export -q --log-key "$key" beside file.json >"$out"
(cd files && seq "$entries" | split -l 1 -a 5 - f)
# Commits of 1000, so every other one has a list.
ls files | sed 's,^,files/,' | xargs -n 1000 albs-notarize files -q >"$out"
albs-notarize files -q bare >"$out"
start_server "$work/server"
defer stop_server
publish() {
    rm -rf "$work/server/files/log"
    cp -r "$ALBS_LEDGER" "$work/server/files/log"
    rm -rf "$work/server/files/log/.state"
}
# look TITLE STATUS FILE
look() {
    : >"$server_log"
    started=$(date +%s%N)
    got=0
    albs-notarize verify -q --log-key "$key" --ledger "$files_url/log" "$3" >"$out" 2>"$err" || got=$?
    took=$(($(date +%s%N) - started))
    [ "$got" = "$2" ] || fail "$1: status $got"
    bytes=$(awk '$3 == 200 { print $2 }' "$server_log" | sed "s,^/,$work/server/," | xargs cat | wc -c)
    awk -v title="$1" -v n="$(wc -l <"$server_log")" -v b="$bytes" -v ns="$took" 'BEGIN {
        printf "  %-44s %5d requests %8.2f MB %7.2f s\n", title, n, b / 1e6, ns / 1e9 }'
}
machine
publish
printf '%s entries:\n' "$(sed -n 2p "$ALBS_LEDGER/checkpoint")"
look 'without a proof: all of it, first' 0 bare
look 'without a proof, again' 0 bare
rm -rf "$XDG_CACHE_HOME"
look 'with its proof, first' 0 beside/file
look 'with its proof, again' 0 beside/file
mkdir more
(cd more && seq -f 'more %.0f' 1000 | split -l 1 -a 5 - f)
albs-notarize files -q more/* >"$out"
publish
look 'with its proof, 1000 entries later' 0 beside/file
rm -rf "$XDG_CACHE_HOME"
look 'with its proof, then for the first time' 0 beside/file
albs-notarize mark -q --reason bad "$(sha256sum bare | cut -c1-64)" >"$out"
publish
look 'with its proof, after a revocation of another' 0 beside/file
albs-notarize mark -q --reason bad "$(sha256sum beside/file | cut -c1-64)" >"$out"
publish
look 'with its proof, revoked' 1 beside/file
