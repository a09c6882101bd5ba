#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A ref or repository that is not there is the input's fault: status 3, nothing on stdout.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
expect 3 albs-fetch "$git_url/sample.git#no-such" --lookaside "$files_url"
expect_stderr "albs-fetch: error: source '.*': no branch, tag or commit 'no-such' in '$git_url/sample.git'"
expect_stderr "albs-fetch: hint: 'git ls-remote $git_url/sample.git' lists what there is"
expect_empty_stdout
expect 3 albs-fetch "$git_url/sample.git#1234567890123456789012345678901234567890" --lookaside "$files_url"
expect_stderr "no branch, tag or commit '1234567890"
expect_empty_stdout
expect 3 albs-fetch "$git_url/nothing.git#c9"
expect_stderr "cannot fetch '$git_url/nothing.git': repository '.*' not found"
expect_empty_stdout
expect 3 albs-fetch "file://$work/nothing.git"
expect_stderr "cannot fetch 'file://$work/nothing.git'"
expect_empty_stdout
# A repository without a package.
git init -q -b c9 empty
echo text >empty/README
commit_all empty "No spec"
publish "$work" empty
expect 3 albs-fetch "$git_url/empty.git#c9"
expect_stderr "there is no spec in it, neither in its root nor in SPECS/"
expect_empty_stdout
