# SPDX-License-Identifier: GPL-3.0-or-later
# What a later version wrote survives every tool, unchanged and in its place; stdout is one line with one manifest.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"
needs_manifest
gives_manifest

expect_from 0 in.json run
[ "$(wc -l <"$out")" = 1 ] || fail 'stdout is not one line'
[ -z "$(tail -c 1 "$out" | tr -d '\n')" ] || fail 'no newline at the end'
# Member order at the top (but for tables that are new) and in the record, and every value, bytes for bytes.
for filter in 'keys_unsorted - ["checkpoints", "forms", "ledgers"]' '."x-first"' '."x-last"' '.artifacts[0]' '.artifacts[0] | keys_unsorted' '.stages[0]'; do
    jq -c "$filter" in.json >wanted
    jq -c "$filter" "$out" >found
    same wanted found
done
# Where jq would change nothing that we could see: the text itself.
grep -o '"x-first":{[^}]*}[^}]*}' in.json >wanted
grep -o '"x-first":{[^}]*}[^}]*}' "$out" >found
[ -s wanted ] || fail 'no x-first'
same wanted found
expect_json '.schema' albs.manifest/1
expect_json '[.stages[].tool] | length > 1'
expect_json '.stages[-1].tool | split(" ")[0]' "$tool"
expect_json '.stages[-1] | keys_unsorted == ["id","tool","version","started","finished","parameters","inputs","verdict","seal"]'
expect_json '.stages[-1].verdict' yes
expect_json '.stages[-1].started | test("^2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")'
# The digest of what was read is that of its canonical form. jq -S sorts as RFC 8785 does for these members.
[ "$(jq -r '.stages[-1].inputs[0]' "$out")" = "$(jq -cSj . in.json | sha256sum | cut -d' ' -f1)" ] || fail 'inputs'
[ "$(jq -r '.stages[-1].seal' "$out")" = "$(jq -cSj 'del(.stages[-1])' "$out" | sha256sum | cut -d' ' -f1)" ] ||
    fail 'seal'
keep_manifest "$out"
