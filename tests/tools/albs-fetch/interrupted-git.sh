#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A git server that is busy or hangs up is asked again; one that stays so is status 75. One that says of its own
# repository that it is damaged is not, and its words are told.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
fetch() { expect "$1" albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"; }
printf 'status 503\ncut 100\n' >git/sample.git.fault
fetch 0
printf 'status 503\nstatus 503\nstatus 503\nstatus 503\n' >git/sample.git.fault
fetch 75
expect_stderr "cannot fetch '$git_url/sample.git': .*503"
expect_stderr "hint: run it again when the server can be reached"
expect_empty_stdout
rm -rf .albs
lost=$(git -C sample rev-parse c9:fix.patch)
rm -f "git/sample.git/objects/$(printf %.2s "$lost")/${lost#??}"
fetch 3
expect_stderr "cannot fetch '$git_url/sample.git': remote: fatal: unable to read $lost\$"
expect_stderr "hint: the server says that of its own repository: name another copy of it"
expect_empty_stdout
