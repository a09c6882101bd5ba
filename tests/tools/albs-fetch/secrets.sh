#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a URL says of users and passwords reaches the server and nobody else.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
secret_git="http://user:s3cr3t@127.0.0.1:$server_port/git/sample.git#c9"
secret_files="http://user:s3cr3t@127.0.0.1:$server_port/files"
expect 0 albs-fetch -v "$secret_git" --lookaside "$secret_files"
expect_json ".sources[0].url" "$git_url/sample.git"
expect_json ".sources[0].lookaside[0].url" "$files_url/sample/sample-1.0.tar.gz/sha512/$flat_sum/sample-1.0.tar.gz"
expect_json ".stages[0].parameters.lookaside[0]" "$files_url"
expect_json ".stages[0].parameters.operands[0]" "$git_url/sample.git#c9"
if grep -q s3cr3t "$out" "$err"; then fail "the password is in the output"; fi
if grep -rq s3cr3t .albs; then fail "the password is in the workspace"; fi
expect 3 albs-fetch -v "${secret_git%c9}nothing" --lookaside "$secret_files"
if grep -q s3cr3t "$err"; then fail "the password is in an error message"; fi
expect_empty_stdout
stop_server
expect 75 albs-fetch -v "$secret_git" --lookaside "$secret_files"
if grep -q s3cr3t "$err"; then fail "the password is in an error message"; fi
expect_empty_stdout
