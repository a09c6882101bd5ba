#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A dry run says what would be done, and touches nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
expect 0 albs-fetch -n "$git_url/sample.git#c9" sample --lookaside "$files_url"
expect_stderr "would pin, check and store '$git_url/sample.git#c9'"
expect_stderr "would store 'sample'"
expect_json ".sources | length" 0
[ ! -e .albs ] || fail "a workspace was made"
[ ! -s "$server_log" ] || fail "the server was asked"
