#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed in the middle of several downloads, albs-fetch goes on where each of them stopped, and ends in the same bytes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
for name in one two three; do
    make_flat "$work" $name
    echo "$name.git#c9"
done >names
start_server "$work" || exit 1
defer stop_server
sed "s,^,$git_url/," names >list
SOURCE_DATE_EPOCH=1800000000
export SOURCE_DATE_EPOCH
fetch_list() { expect "$1" albs-fetch --from list --lookaside "$files_url/{name}/{file}/{hashtype}/{hash}/{file}" -j 3; }
expect 0 albs-fetch --from list --lookaside "$files_url" --workspace reference
cp "$out" first
# Each file comes a byte every fifth of a second.
for name in one two three; do
    file=$(find "files/$name" -name '*.tar.gz' -type f)
    echo trickle >"$file.fault"
done
albs-fetch --from list --lookaside "$files_url/{name}/{file}/{hashtype}/{hash}/{file}" -j 3 >killed 2>/dev/null &
pid=$!
tries=0
until [ "$(find .albs/lookaside -name '*.part' -size +0c 2>/dev/null | wc -l)" = 3 ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail 'the downloads do not begin'
    sleep 0.1
done
kill -9 "$pid"
wait "$pid" 2>/dev/null
[ ! -s killed ] || fail 'a killed run wrote a manifest'
: >"$server_log"
fetch_list 0
[ "$(jq -c '[.sources, .artifacts]' "$out" | sed "s,$files_url/[^\"]*,,g")" = \
    "$(jq -c '[.sources, .artifacts]' first | sed "s,$files_url/[^\"]*,,g")" ] || fail 'not the same as without a kill'
[ "$(grep -c ' 206$' "$server_log")" = 3 ] || fail "not gone on with: $(cat "$server_log")"
[ "$(ls .albs/fetch)" = lock ] || fail "temporaries are left: $(ls .albs/fetch)"
[ -z "$(find .albs/lookaside -name '*.part')" ] || fail 'parts are left'
# Everything again, from the workspace alone: no network, no server.
cp "$out" fetched
stop_server
if unshare -rn true 2>/dev/null; then
    expect 0 unshare -rn albs-fetch --from fetched
else
    expect 0 albs-fetch --from fetched
fi
[ "$(jq -c '[.sources, .artifacts]' "$out")" = "$(jq -c '[.sources, .artifacts]' fetched)" ] || fail 'not the same again'
