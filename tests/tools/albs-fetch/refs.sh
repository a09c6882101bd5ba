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

# What git allows in a name, refs that are no branches or tags, and HEAD by its name.
git -C git/sample.git update-ref refs/heads/123/-testing2 "$first"
git -C git/sample.git update-ref refs/heads/a@b "$first"
git -C git/sample.git update-ref refs/pull/1/head "$first"
pinned_to "#123/-testing2" "$first" 123/-testing2
pinned_to "#refs/heads/123/-testing2" "$first" refs/heads/123/-testing2
pinned_to "#a@b" "$first" a@b
pinned_to "#refs/pull/1/head" "$first" refs/pull/1/head
pinned_to "#HEAD" "$second" HEAD
expect 3 albs-fetch "$git_url/sample.git#refs/pull/2/head" --lookaside "$files_url"
expect_stderr "couldn't find remote ref refs/pull/2/head"
expect 2 albs-fetch "$git_url/sample.git#-x"
expect 2 albs-fetch "$git_url/sample.git#"

# The commit that a ref is expected to be at: a branch that moved, or was moved, is told.
pinned_to "#c9@$second" "$second" c9
pinned_to "#annotated@$second" "$second" annotated
expect 4 albs-fetch "$git_url/sample.git#c9@$first" --lookaside "$files_url"
expect_stderr "'c9' in '$git_url/sample.git' is commit $second, and not $first as expected"
expect_stderr 'hint: it was moved, or its history written anew: find out why, then name the commit that you want'
expect_empty_stdout

# A clone that lacks history says so, and what to do.
git clone -q --depth 1 "file://$work/git/sample.git" shallow
expect 3 albs-fetch "file://$work/shallow#c9"
expect_stderr "'file://$work/shallow' is a shallow clone: it does not have the whole history"
expect_stderr "hint: run 'git fetch --unshallow' in it"
expect_empty_stdout
