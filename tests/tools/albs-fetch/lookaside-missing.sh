#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lookaside files: needed without a server is a usage error; on no server, an input error that names what was tried.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
expect 2 albs-fetch "$git_url/sample.git#c9"
expect_stderr "'sample-1.0.tar.gz' is not in git, only its digest in 'sources', line 1, and no lookaside server is named"
expect_stderr "hint: add --lookaside URL"
expect_empty_stdout
expect 3 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url/elsewhere" --lookaside \
    "$files_url/{name}/{hashtype}/{file}"
expect_stderr "no lookaside server has 'sample-1.0.tar.gz' (sha512:$flat_sum)"
expect_stderr "hint: name a server that has it with --lookaside; tried $files_url/elsewhere/$flat_sum, .*, $files_url/sample/sha512/sample-1.0.tar.gz"
expect_empty_stdout
expect 2 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url/{nmae}"
expect_stderr "unknown placeholder"
expect_empty_stdout
expect 2 albs-fetch "$git_url/sample.git#c9" --lookaside "ftp://example.org"
expect_stderr "is not an http, https or file URL"
expect_empty_stdout
# The second server has it; a template of one's own.
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url/elsewhere" \
    --lookaside "$files_url/{name}/{file}/{hashtype}/{hash}/{file}"
expect_json ".sources[0].lookaside[0].url" "$files_url/sample/sample-1.0.tar.gz/sha512/$flat_sum/sample-1.0.tar.gz"
