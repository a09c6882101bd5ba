#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# memory.sh BUILD: the memory of a manifest that was read, and the most that reading took, by the size of its text;
# beside jq and Python's json. One manifest is mostly notarizations, one has none. Aim: 3. ALBS_BENCH_PACKAGES: "20000".
set -eu
. "$(dirname "$0")/setup.inc"

count=${ALBS_BENCH_PACKAGES:-20000}
ALBS_WORKSPACE=$work/workspace
export ALBS_WORKSPACE
export ALBS_REMEMBER="$work/heads"
albs-notarize init -q --origin localhost/bench >/dev/null
mkdir -p "$ALBS_WORKSPACE/store"
"$ALBS_SOURCE/bench/manifest.py" "$count" 0 >bare.json
albs-notarize -q -o notarized.json bare.json
"$ALBS_SOURCE/bench/manifest.py" $((9 * count)) 0 >plain.json
# ratio FILE COMMAND...: the peak of the program without its peak on a manifest without records.
printf '{"schema":"albs.manifest/1"}\n' >empty.json
peak() {
    "$ALBS_SOURCE/bench/usage.py" "$out" "$@" 2>"$err" | cut -d' ' -f3
}
ratio() {
    file=$1
    shift
    awk -v most="$(peak "$@" "$file")" -v least="$(peak "$@" empty.json)" -v size="$(wc -c <"$file")" \
        'BEGIN { printf "%.2f", (most - least) * 1048576 / size }'
}
machine
for kind in notarized plain; do
    file=$kind.json
    printf '%s: %s MB\n' "$kind" "$(($(wc -c <"$file") / 1000000))"
    printf '  %-34s %s\n' 'held, most: manifest' "$("$ALBS_BUILD/bench/bench-memory" "$file")"
    printf '  %-34s %s\n' 'held, most: JSON, and the text' "$("$ALBS_BUILD/bench/bench-memory" "$file" tree)"
    if [ "$kind" = notarized ]; then
        printf '  %-34s      %s\n' 'most: albs-notarize verify' \
            "$(ratio "$file" albs-notarize verify -q --log-key "$ALBS_WORKSPACE/ledger/log.vkey")"
    fi
    printf '  %-34s      %s\n' 'most: jq -c .' "$(ratio "$file" jq -c .)"
    printf '  %-34s      %s\n' "most: Python's json" \
        "$(ratio "$file" python3 -c 'import json, sys; json.load(open(sys.argv[1]))')"
done
