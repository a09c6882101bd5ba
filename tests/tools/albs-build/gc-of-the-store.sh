# SPDX-License-Identifier: GPL-3.0-or-later
# gc --keep removes objects of the store that no manifest to keep needs, by itself or by a document that it names, and
# says before what it would free; what a kept manifest needs is all there afterwards.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
objects() { find .albs/store -type f | wc -l; }
age() { find .albs/store -type f -exec touch -d '30 days ago' {} +; }
package kept
expect_from 0 kept.json albs-build
cp "$out" kept-built.json
package other
expect_from 0 other.json albs-build
cp "$out" other-built.json
# A document that a manifest names, by which another object is found; and an object that nothing names.
file=$(echo inner | sha256sum | cut -d' ' -f1)
put() { digest=$(sha256sum "$1" | cut -d' ' -f1) && mkdir -p ".albs/store/sha256/$(printf %.2s "$digest")" && cp "$1" ".albs/store/sha256/$(printf %.2s "$digest")/$digest"; }
echo inner >inner && put inner
printf '{"files":[{"sha256":"%s"}]}' "$file" >tree.json && put tree.json
tree=$digest
jq -c --arg tree "$tree" '.sources[0].files = $tree' kept-built.json | jq -c 'del(.stages)' >kept-tree.json
echo stray >stray && put stray
before=$(objects)

# Nothing without manifests, and nothing that is in use.
age
expect 0 albs-build gc
expect_json 'has("store") | not'
[ "$(objects)" = "$before" ] || fail 'the store was touched'
put stray
expect 0 albs-build gc -n --keep kept-tree.json --keep other-built.json
expect_json '.store.unneeded' 0
age
expect 0 albs-build gc -n --keep kept-tree.json --keep other-built.json
expect_json '.store | "\(.count) \(.unneeded) \(.unneeded_size) \(.removed) \(.freed)"' "$before 1 6 0 0"
expect_stderr 'would remove 1 of .* objects of the store, 6 bytes'
[ "$(objects)" = "$before" ] || fail 'a dry run removed something'
expect 0 albs-build gc --keep kept-tree.json --keep other-built.json
expect_json '.store | "\(.removed) \(.freed)"' '1 6'
[ "$(objects)" = "$((before - 1))" ] || fail 'something else was removed'
# What only one of them needs goes with it; the other is whole.
age
expect 0 albs-build gc --keep kept-tree.json
[ -e ".albs/store/sha256/$(printf %.2s "$file")/$file" ] || fail 'what a document names was removed'
for digest in $(jq -r '.artifacts[].sha256' kept-built.json); do
    [ -e ".albs/store/sha256/$(printf %.2s "$digest")/$digest" ] || fail "$digest was removed"
done
expect 0 albs-build --output laid kept-built.json
gone=$(jq -r '[.tasks[].artifacts[]] | .[0]' other-built.json)
[ ! -e ".albs/store/sha256/$(printf %.2s "$gone")/$gone" ] || fail 'a package that nothing needs is there'
# Then it is built again.
manifest_of other >other.json
expect_from 0 other.json albs-build
expect_stderr 'built [0-9] packages'

# Bad input removes nothing.
age
before=$(objects)
echo '{"schema":' >bad.json
expect 3 albs-build gc --keep kept-tree.json --keep bad.json
expect_stderr "'bad.json'"
expect_empty_stdout
expect 5 albs-build gc --keep gone.json
expect_stderr 'gone.json'
object=".albs/store/sha256/$(printf %.2s "$tree")/$tree"
chmod u+w "$object" && echo '{}' >"$object"
expect 4 albs-build gc --keep kept-tree.json
expect_stderr 'was changed'
expect_empty_stdout
[ "$(objects)" = "$before" ] || fail 'objects were removed although the manifests could not be read'
