#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A busy file server is asked again after the time it names; one that stays busy is status 75, and what came is kept.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
serve_large_file

# Busy, then there. Retry-After is waited for.
printf 'status 503\nstatus 429 1\n' >"files/$sum.fault"
begun=$(date +%s)
fetch 0
[ $(($(date +%s) - begun)) -ge 1 ] || fail "Retry-After was not waited for"

# Busy for good: nothing on stdout, and worth another run. What was got of it is not got again.
rm -rf .albs
printf 'cut 1000000\nstatus 500\nstatus 502\nstatus 503 0\nstatus 504 0\nstatus 500\n' >"files/$sum.fault"
fetch 75
expect_stderr "file 'sample-1.0.tar.gz': cannot download '$files_url/$sum': HTTP status 50"
expect_empty_stdout
rm -f "files/$sum.fault"
: >"$server_log"
fetch 0
[ "$(count 200)" = 0 ] && [ "$(count 206)" = 1 ] || fail "got again: $(cat "$server_log")"
