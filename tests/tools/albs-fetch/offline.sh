#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nobody listens there: status 75, and with everything at hand a full commit id needs no network at all.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
commit=$(git -C sample rev-parse HEAD)
start_server "$work" || exit 1
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
cp "$out" first
stop_server
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
same first "$out"
# A branch may have moved, so it is asked for.
expect 75 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_stderr "cannot fetch '$git_url/sample.git': .*connect"
expect_empty_stdout
# The file is not looked for either when it is in the store: no lookaside is needed.
expect 0 albs-fetch "$git_url/sample.git#$commit"
expect_json ".sources[0].lookaside[0].url" "$files_url/sample/sample-1.0.tar.gz/sha512/$flat_sum/sample-1.0.tar.gz"
