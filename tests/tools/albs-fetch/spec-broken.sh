#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A spec that does not parse: no source package can be made of it, so status 3 with the spec's line.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
broken() {
    commit_all sample "Break it"
    publish "$work" sample
    expect 3 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
    expect_empty_stdout
}
cp sample/sample.spec good.spec
sed 's/^License:/Lisence:/' good.spec >sample/sample.spec
broken
expect_stderr "cannot make the source package of 'sample.spec': line 5: Unknown tag: Lisence: MIT"
sed 's/^%build/%if 1\n%build/' good.spec >sample/sample.spec
broken
expect_stderr "cannot make the source package of 'sample.spec': .*line .*: Unclosed %if"
sed 's/^Patch0: .*/Patch0: other.patch/' good.spec >sample/sample.spec
broken
expect_stderr "source file 'other.patch' is neither in git nor in its list of lookaside files"
printf '\000\001garbage' >sample/sample.spec
broken
expect_stderr "cannot make the source package of 'sample.spec': "
# An endless answer.
sed '1i %(while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx >\&2; done)' good.spec >sample/sample.spec
broken
expect_stderr "its output is larger than"
