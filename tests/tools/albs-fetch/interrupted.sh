#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Broken transfers: a cut download goes on where it stopped, busy servers are asked again, dead ones are status 75.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
# A file large enough to be cut.
head -c 3000000 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null >big
sum=$(sha512sum <big | cut -d' ' -f1)
printf 'SHA512 (sample-1.0.tar.gz) = %s\n' "$sum" >sample/sources
commit_all sample "A larger file"
publish "$work" sample
cp big "files/$sum"
fetch() { expect "$1" albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"; }
count() { grep -c "GET /files/$sum $1" "$server_log"; }

# Cut twice: continued with Range, not begun again.
printf 'cut 1000000\ncut 500000\n' >"files/$sum.fault"
fetch 0
expect_json ".sources[0].lookaside[0].sha256" "$(sha256sum <big | cut -d' ' -f1)"
[ "$(count 200)" = 1 ] && [ "$(count 206)" = 2 ] || fail "not resumed: $(cat "$server_log")"

# A server that knows no ranges sends the whole again.
rm -rf .albs
: >"$server_log"
printf 'cut 1000000\nwhole\n' >"files/$sum.fault"
fetch 0
[ "$(count 200)" = 2 ] && [ "$(count 206)" = 0 ] || fail "not begun again: $(cat "$server_log")"

# Another file behind the same name when the transfer goes on: If-Range notices.
rm -rf .albs
printf 'cut 1000000\nstatus 503 2\n' >"files/$sum.fault"
tr 'a' 'b' <big >other
cp other "files/$sum"
(sleep 1 && cp big "files/$sum.new" && mv "files/$sum.new" "files/$sum") &
fetch 0
wait $!

# Busy, then there. Retry-After is waited for.
rm -rf .albs
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

# Git's own transfers.
rm -rf .albs
printf 'status 503\ncut 100\n' >git/sample.git.fault
fetch 0
printf 'status 503\nstatus 503\nstatus 503\nstatus 503\n' >git/sample.git.fault
fetch 75
expect_stderr "cannot fetch '$git_url/sample.git': .*503"
expect_stderr "hint: run it again when the server can be reached"
expect_empty_stdout
