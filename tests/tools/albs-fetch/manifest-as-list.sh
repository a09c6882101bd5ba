#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest as list: exactly its sources again, the same commits and the same digests, or status 4.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" one
make_specs_sources "$work" two
mkdir three
make_spec three three/three.spec three-1.0.tar.gz
echo 'a patch' >three/fix.patch
echo 'the sources' >three/three-1.0.tar.gz
git -C one tag -a -m 'A release' v1
publish "$work" one
start_server "$work" || exit 1
defer stop_server
SOURCE_DATE_EPOCH=1800000000 albs-fetch "$git_url/one.git#v1" "$git_url/two.git#c9" three --lookaside "$files_url" \
    >first 2>/dev/null || fail 'the first was not fetched'
# same_sources: sources and artifacts are those of `first`.
same_sources() {
    [ "$(jq -c '[.sources, .artifacts]' "$out")" = "$(jq -c '[.sources, .artifacts]' first)" ] ||
        fail "not the same again: $(jq -c '[.sources, .artifacts]' first)"
}
# The branch moves on, the tag too: neither matters.
for name in one two; do
    echo 'another patch' >$name/another.patch
    commit_all $name 'Another patch'
done
git -C one tag -f -a -m 'Another release' v1 >/dev/null
publish "$work" one
publish "$work" two
expect 0 albs-fetch --from first --lookaside "$files_url"
same_sources
expect_from 0 first albs-fetch --from - --lookaside "$files_url" -j 4
same_sources
# In an empty workspace, without --lookaside: files come from where the manifest says. A directory is of its machine.
expect 1 albs-fetch --from first --workspace empty
expect_json '[.sources[] | .commit, .files]' "$(jq '[.sources[:2][] | .commit, .files]' first)"
expect_json '.sources[0].ref' v1
expect_json '.sources[0].source_date_epoch' 1800000000
expect_json '.stages[0].failures[0].what' "$(jq -r '.sources[2].id' first)"
expect_json '.stages[0].failures[0].reason' 'it was a directory, and its files are not in the store'
# Several manifests, and more operands.
jq 'del(.sources[0, 1]) | .stages = []' first >third
cat first third >both
expect 0 albs-fetch --from both "$git_url/two.git#c9" --lookaside "$files_url"
expect_json '[.sources[].name] | join(" ")' 'two one two three'
# Another digest than the manifest's, wherever it stands, is status 4 and names what it is.
changed() { # WORDS FILTER
    jq "$2 | .stages = []" first >changed.json
    expect_refusal 4 "$1" albs-fetch --from changed.json --lookaside "$files_url"
}
zeros=$(printf '%064d' 0)
changed "source 'one@" ".sources[0].files = \"$zeros\""
expect_stderr 'it is not what the manifest says: files is '
changed 'lookaside[0].sha256 is ' ".sources[1].lookaside[0].sha256 = \"$zeros\""
changed 'lookaside[0].size is ' '.sources[1].lookaside[0].size = 1'
changed 'and was nothing' '.sources[1].lookaside = []'
changed 'tree is ' '.sources[0].tree = "0123456789012345678901234567890123456789"'
changed 'id is ' '.sources[0].id = "one@012345678901"'
# A changed manifest whose seal does not fit is refused before that.
jq ".sources[0].files = \"$zeros\"" first >changed.json
expect 4 albs-fetch --from changed.json
expect_empty_stdout
# A commit that is gone from the server is that source's failure.
jq '.sources[0].commit = "0123456789012345678901234567890123456789" | .stages = []' first >changed.json
expect 1 albs-fetch --from changed.json --lookaside "$files_url"
expect_json '.stages[0].failures[0].status' 3
# A record without a commit, or with a URL that git may not be given.
for filter in '.sources[0].commit = null' '.sources[0].url = "ext::sh"' '.sources[0].url = null'; do
    jq "$filter | .stages = []" first >changed.json
    expect 3 albs-fetch --from changed.json
    expect_empty_stdout
    expect_stderr "'changed.json': source 'one@"
done
printf '{"schema":"albs.manifest/9"}' >other.json
expect_refusal 3 "'other.json'" albs-fetch --from other.json

# Without any network, from the workspace alone.
stop_server
if unshare -rn true 2>/dev/null; then
    expect 0 unshare -rn albs-fetch --from first
else
    expect 0 albs-fetch --from first
fi
same_sources
# Files of the directory that were changed in the store.
object=$(jq -r '.sources[2].files' first)
object=.albs/store/sha256/$(printf %.2s "$object")/$object
chmod u+w "$object"
echo >>"$object"
expect 4 albs-fetch --from first
expect_empty_stdout
