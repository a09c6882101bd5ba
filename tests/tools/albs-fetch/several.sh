#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Several sources, from operands and a list, several at a time, in the order they were named.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
for name in one two three; do
    make_flat "$work" "$name"
done
make_specs_sources "$work" four
start_server "$work" || exit 1
defer stop_server
cat >list <<LIST
# packages of the day
$git_url/two.git#c9   # the second
   $git_url/three.git

$git_url/four.git#c9
LIST
expect 0 albs-fetch "$git_url/one.git#c9" --from list --lookaside "$files_url" -j 4
expect_json '[.sources[].name] | join(" ")' "one two three four"
expect_json '[.artifacts[].name] | join(" ")' \
    "one.source-tree.json two.source-tree.json three.source-tree.json four.source-tree.json"
cp "$out" parallel
expect 0 albs-fetch "$git_url/one.git#c9" --from list --lookaside "$files_url" -j 1 --workspace other
[ "$(jq -c '[.sources, .artifacts]' "$out")" = "$(jq -c '[.sources, .artifacts]' parallel)" ] ||
    fail "-j changes the result"
# From standard input.
expect_from 0 list albs-fetch --from - --lookaside "$files_url"
expect_json '.sources | length' 3
# The same commit twice is one source.
expect 0 albs-fetch "$git_url/one.git#c9" "$git_url/one.git#$(git -C one rev-parse HEAD)" --lookaside "$files_url"
expect_json '.sources | length' 1
expect_stderr "warning: one@.*: is named more than once"
expect 2 albs-fetch
expect_stderr "no source is named"
expect_empty_stdout
# A list that names nothing is what a program before it left that failed: an operand that names something is enough.
: >empty
printf '# nothing\n\n' >comments
echo '{"schema":"albs.manifest/1","sources":[]}' >none.json
for list in empty comments none.json; do
    expect_refusal 3 "'$list' names no source" albs-fetch --from $list
    expect_stderr 'hint: it has one a line, or is a manifest; look at what made it$'
done
expect_from 3 empty albs-fetch --from -
expect_stderr 'error: standard input names no source$'
expect_empty_stdout
expect 0 albs-fetch "$git_url/one.git#c9" --from empty --lookaside "$files_url"
expect_json '.sources | length' 1
