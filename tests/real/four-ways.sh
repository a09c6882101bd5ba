#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# four-ways.sh BUILD LOOKASIDE REPOSITORY#REF...: real packages from their dist-git in roots of the test distribution,
# each built four ways (tests/four-ways.sh): as root and as a plain user, from nothing and from the lock without
# network. One line for each says whether all RPMs are the same to the byte, or why not; a difference leaves the
# packages of all ways in $ALBS_KEEP/NAME. Status 1 if one fails or differs. LOOKASIDE is a directory with files by
# their SHA-256, or a URL as of albs-fetch. Needs root; takes minutes a package, so it is no test of make check.
set -eu
[ $# -ge 3 ] || {
    echo "usage: four-ways.sh BUILD LOOKASIDE REPOSITORY#REF..." >&2
    exit 2
}
ALBS_BIN=$(cd "$1" && pwd)/tools
ALBS_BUILD=$(cd "$1" && pwd)
ALBS_SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
lookaside=$2
[ ! -d "$lookaside" ] || lookaside=$(cd "$lookaside" && pwd)
keep=${ALBS_KEEP:-}
shift 2
export ALBS_BIN ALBS_BUILD ALBS_SOURCE
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
if [ -d "$lookaside" ]; then
    mkdir -p "$work/server"
    ln -s "$lookaside" "$work/server/files"
    start_server "$work/server"
    defer stop_server
    lookaside="$files_url/{hash}"
fi
make_plain_user
platforms_of_distribution
status=0
# What the ways made, beside each other, for diffoscope and its like.
keep_packages() {
    [ -n "$keep" ] || return 0
    for way in $ways; do
        [ -f "$1.$way" ] || continue
        mkdir -p "$keep/$1/$way"
        while read -r digest file; do
            cp "ways/$way/store/sha256/$(printf %.2s "$digest")/$digest" "$keep/$1/$way/$file"
        done <"$1.$way"
    done
}
for source; do
    started=$(date +%s)
    if ! albs-fetch -q --lookaside "$lookaside" -o fetched.json "$source" 2>"$err"; then
        printf '%s not fetched: %s\n' "$source" "$(tail -n 1 "$err")"
        status=1
        continue
    fi
    name=$(jq -r '.sources[0].name' fetched.json)
    mv fetched.json "$name.json"
    if four_ways "$name"; then
        printf '%-20s same: %s packages, %s s\n' "$name" "$(wc -l <"$name.root-cold")" $(($(date +%s) - started))
    else
        printf '%-20s %s\n' "$name" "$why"
        keep_packages "$name" || :
        status=1
    fi
done
exit $status
