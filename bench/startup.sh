#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# startup.sh BUILD: start, parse and print a small manifest, against jq doing the same and against /bin/true. Aim: under
# 5 ms.
set -eu
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf '{"schema":"albs.manifest/1","sources":[],"note":"a member of somebody'"'"'s"}\n' >small.json
export ALBS_REMEMBER="$work/heads"
"$build/tools/albs-notarize" init --origin localhost/bench --ledger "$work/ledger" -q -o /dev/null
runs=200
# per RUNS COMMAND...: microseconds each.
per() {
    started=$(date +%s%N)
    i=0
    while [ $i -lt $runs ]; do
        "$@" <small.json >/dev/null 2>&1 || { echo "startup.sh: '$*' failed" >&2; exit 1; }
        i=$((i + 1))
    done
    echo $((($(date +%s%N) - started) / 1000 / runs))
}
nothing=$(per /bin/true)
jq=$(per jq -c .)
for tool in albs-notarize albs-test albs-sbom albs-sign albs-build albs-release albs-fetch; do
    case $tool in
    albs-fetch | albs-sign | albs-release) set -- --version ;; # they want options that a small manifest has no use for
    albs-notarize) set -- -n --ledger "$work/ledger" ;;
    *) set -- -n ;;
    esac
    ours=$(per "$build/tools/$tool" "$@")
    awk -v t="$tool" -v o="$ours" -v j="$jq" -v n="$nothing" \
        'BEGIN { printf "%-14s %.2f ms (a process alone %.2f ms, jq -c . %.2f ms): ratio to jq %.2f\n", t, o/1000, n/1000, j/1000, o/j }'
done
