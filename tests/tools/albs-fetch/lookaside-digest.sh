#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A lookaside file with other bytes than git's digest says is evidence that contradicts itself: status 4.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
file=files/sample/sample-1.0.tar.gz/sha512/$flat_sum/sample-1.0.tar.gz
printf 'evil' >>"$file"
expect 4 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_stderr "file 'sample-1.0.tar.gz': '.*' is not what its digest says: wanted sha512 $flat_sum, got $(sha512sum \
    <"$file" | cut -d' ' -f1)"
expect_stderr 'hint: name a server that has the file of this digest with --lookaside'
[ "$(grep -c 'is not what its digest says' "$err")" = 1 ] || fail 'it is said twice'
expect_empty_stdout
[ -z "$(find .albs/store -type f)" ] || fail "something was stored"
# The right bytes are taken at the next run, nothing of the wrong ones being left.
cp sample-1.0.tar.gz "$file"
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_json ".sources | length" 1
# A file in git that is not what git's own list says.
printf 'other' >sample/sample-1.0.tar.gz
commit_all sample "Commit the file too"
publish "$work" sample
expect 4 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_stderr "'sample-1.0.tar.gz' is not what 'sources', line 1 says: wanted sha512:$flat_sum"
expect_empty_stdout
