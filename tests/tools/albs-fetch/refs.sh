#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A ref is a branch, a light or annotated tag, a full or abbreviated commit, or nothing: each is pinned to a commit.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
first=$(git -C sample rev-parse HEAD)
git -C sample tag light
commit_all sample "Second"
second=$(git -C sample rev-parse HEAD)
GIT_COMMITTER_DATE="1700000000 +0000" git -C sample tag -a -m "A tag" annotated
git -C sample tag c9-like
git -C sample branch other HEAD~1
git -C sample tag both HEAD
git -C sample branch both HEAD~1
publish "$work" sample
start_server "$work" || exit 1
defer stop_server
pinned_to() {
    expect 0 albs-fetch "$git_url/sample.git$1" --lookaside "$files_url"
    expect_json ".sources[0].commit" "$2"
    expect_json ".sources[0].ref" "$3"
}
pinned_to "" "$second" HEAD
pinned_to "#c9" "$second" c9
pinned_to "#other" "$first" other
pinned_to "#refs/heads/other" "$first" refs/heads/other
pinned_to "#light" "$first" light
pinned_to "#annotated" "$second" annotated
pinned_to "#refs/tags/annotated" "$second" refs/tags/annotated
pinned_to "#$first" "$first" "$first"
pinned_to "#$(printf %.9s "$first")" "$first" "$(printf %.9s "$first")"
pinned_to "#refs/tags/both" "$second" refs/tags/both

# A branch and a tag of one name at different commits: nobody guesses.
expect 3 albs-fetch "$git_url/sample.git#both" --lookaside "$files_url"
expect_stderr "'both' is a branch and a tag"
expect_stderr "hint: write refs/heads/both or refs/tags/both"
expect_empty_stdout

# A branch that moves is seen at the next run.
commit_all sample "Third"
publish "$work" sample
pinned_to "#c9" "$(git -C sample rev-parse HEAD)" c9

# A commit that no branch leads to any more, from a server that gives it by name.
lost=$(git -C sample rev-parse HEAD)
git -C sample reset -q --hard HEAD~1
publish "$work" sample
pinned_to "#c9" "$second" c9
rm -rf .albs
pinned_to "#$lost" "$lost" "$lost"
