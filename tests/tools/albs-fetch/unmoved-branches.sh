#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A branch that has not moved costs one request, and no run of git; whatever did move is seen.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
publish "$work" sample
start_server "$work" || exit 1
defer stop_server
url="$git_url/sample.git"
first=$(git -C sample rev-parse HEAD)
# fetched REF COMMIT: that is what the ref leads to.
fetched() {
    : >"$server_log"
    expect 0 albs-fetch "$url${1:+#$1}" --lookaside "$files_url"
    expect_json '.sources[0].commit' "$2"
}
unasked() {
    [ "$(cat "$server_log")" = 'GET /git/sample.git/info/refs?service=git-upload-pack 200' ] ||
        fail "asked for: $(cat "$server_log")"
}
fetched c9 "$first"
fetched c9 "$first"
unasked
fetched refs/heads/c9 "$first"
unasked
# The default branch, which the mirror has never asked for, and then it has.
fetched '' "$first"
fetched '' "$first"
unasked

echo more >>sample/fix.patch
commit_all sample 'More'
publish "$work" sample
second=$(git -C sample rev-parse HEAD)
fetched c9 "$second"
fetched c9 "$second"
unasked
# Written anew, a tag, another default branch, a name that is not there any more.
git -C git/sample.git update-ref refs/heads/c9 "$first"
fetched c9 "$first"
git -C git/sample.git tag v1 "$second"
fetched v1 "$second"
git -C git/sample.git tag -f v1 "$first" >/dev/null
fetched v1 "$first"
git -C git/sample.git branch other "$second"
git -C git/sample.git symbolic-ref HEAD refs/heads/other
fetched '' "$second"
git -C git/sample.git tag -d v1 >/dev/null
expect_refusal 3 "no branch, tag or commit 'v1'" albs-fetch "$url#v1" --lookaside "$files_url"
# A branch and a tag of one name.
git -C git/sample.git tag other "$first"
expect_refusal 3 "'other' is a branch and a tag" albs-fetch "$url#other" --lookaside "$files_url"
# One answer that is none: git asks, and what it says counts.
for fault in 'status 500' 'status 404' 'cut 20'; do
    echo "$fault" >git/sample.git.fault
    fetched c9 "$first"
    [ ! -e git/sample.git.fault ] || fail "the fault '$fault' was not met"
done
# A mirror that lost objects is made anew, although its names are those of the server.
find .albs/git -name '*.pack' -delete
find .albs/git -path '*/objects/??/*' -delete
fetched c9 "$first"
mv git/sample.git git/gone.git
expect_refusal 3 "cannot fetch '$url'" albs-fetch "$url#c9" --lookaside "$files_url"
