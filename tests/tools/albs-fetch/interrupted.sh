#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A download that is cut goes on where it stopped, and notices when the file has changed meanwhile.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
serve_large_file

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
