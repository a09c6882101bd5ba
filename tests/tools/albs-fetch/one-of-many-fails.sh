#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One source that cannot be fetched is that source's failure: status 1, its reason is told and recorded, the others are
# in the manifest. With --all-or-nothing, and where evidence contradicts itself, nothing is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
for name in one two three four; do
    make_flat "$work" "$name"
done
start_server "$work" || exit 1
defer stop_server
# two has no such branch, three's file is nowhere, and nobody answers for five.
rm -r files/three
cat >list <<LIST
$git_url/one.git#c9
$git_url/two.git#c8
$git_url/three.git
http://bob:secret@127.0.0.1:1/five.git#c9
$git_url/four.git#c9
LIST
expect 1 albs-fetch --from list --lookaside "$files_url" -j 4
expect_json '[.sources[].name] | join(" ")' "one four"
expect_json '[.artifacts[].name] | join(" ")' "one.source-tree.json four.source-tree.json"
expect_json '.stages[0].verdict' no
expect_json '[.stages[0].failures[] | "\(.status) \(.what)"] | join(", ")' \
    "3 $git_url/two.git#c8, 3 $git_url/three.git, 75 http://127.0.0.1:1/five.git#c9"
expect_json '.stages[0].failures[0].reason' "no branch, tag or commit 'c8' in '$git_url/two.git'"
expect_json '.stages[0].failures[1].reason | startswith("no lookaside server has '"'three-1.0.tar.gz'"'")'
expect_json '.stages[0].failures[2].reason | startswith("cannot fetch '"'http://127.0.0.1:1/five.git'"'")'
[ "$(grep -c '^albs-fetch: warning: source .* was not fetched: ' "$err")" = 3 ] || fail 'not each is told'
expect_stderr "warning: source '$git_url/two.git#c8' was not fetched: no branch, tag or commit"
expect_stderr "hint: 'git ls-remote $git_url/two.git' lists what there is"
! grep -q secret "$out" "$err" || fail 'a password is told'
cp "$out" first
# The same again gives the same bytes; -o and --output have what was fetched.
expect 1 albs-fetch --from list --lookaside "$files_url" -o again --output dir
same first again
[ "$(ls dir)" = "four.source-tree.json
one.source-tree.json" ] || fail "laid out: $(ls dir)"
# What was fetched can be built on: other tools keep the record.
expect_from 0 first albs-sbom --format cyclonedx
# Mended, it is whole, and no failure is recorded.
git -C two branch -q c8 c9
publish "$work" two
sed -i '/five/d; s/three.git/one.git/' list
expect 0 albs-fetch --from list --lookaside "$files_url"
expect_json '[.sources[].name] | join(" ")' "one two four"
expect_json '.stages[0] | has("failures")' false

# All or nothing.
git -C two push -q origin --delete c8
expect_refusal 3 "source '$git_url/two.git#c8': no branch, tag or commit" \
    albs-fetch --from list --lookaside "$files_url" --all-or-nothing
# None at all is an error, of the kind of the first.
expect_refusal 3 'none of 2 sources could be fetched' \
    albs-fetch "$git_url/two.git#c8" http://127.0.0.1:1/five.git --lookaside "$files_url"
[ "$(grep -c 'was not fetched: ' "$err")" = 2 ] || fail 'not each is told'
expect_refusal 75 'none of 2 sources could be fetched' albs-fetch http://127.0.0.1:1/five.git "$git_url/two.git#c8"
# A single source has its own error.
expect_refusal 3 "source '$git_url/two.git#c8': no branch" albs-fetch "$git_url/two.git#c8"
# A digest that does not hold stops everything.
echo changed >"files/four/four-1.0.tar.gz/sha512/$(sed 's/.*= //' four/sources)/four-1.0.tar.gz"
expect_refusal 4 "source '$git_url/four.git#c9'" albs-fetch "$git_url/one.git" "$git_url/four.git#c9" \
    --lookaside "$files_url" --workspace other
