#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs at the same time share one workspace: all end well with the same result, and large files are got once.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" one
make_flat "$work" two
start_server "$work" || exit 1
defer stop_server
SOURCE_DATE_EPOCH=1800000000
export SOURCE_DATE_EPOCH
pids=
for n in 1 2 3 4; do
    albs-fetch "$git_url/one.git#c9" "$git_url/two.git" "$git_url/one.git#$(git -C one rev-parse HEAD)" \
        --lookaside "$files_url" -j 3 >"out$n" 2>"err$n" &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || fail "one of four failed: $(cat err?)"
done
for n in 2 3 4; do same out1 "out$n"; done
[ "$(grep -c 'GET /files/one/.* 200' "$server_log")" = 1 ] || fail "got more than once: $(cat "$server_log")"
[ "$(ls .albs/fetch)" = lock ] || fail "temporaries are left"
