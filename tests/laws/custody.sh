# SPDX-License-Identifier: GPL-3.0-or-later
# Evidence that contradicts itself is status 4 with nothing on stdout: a record changed after its stage, and two
# manifests that say different things of the same record. Manifests that agree are merged.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"
needs_manifest

# Any change to what the last stage sealed: a known member, an unknown one, a record more, a record less.
for change in '.artifacts[0].name = "other.txt"' '.artifacts[0].size = 6' '.artifacts[0]."x-before" = false' '.artifacts = []' \
    'del(."x-last")' '."x-first".a = "u"' '."x-new" = 1' '.artifacts[0]."x-new" = 1'; do
    jq -c "$change" in.json >bad.json
    expect_from 4 bad.json run
    expect_empty_stdout
    expect_stderr "^$tool: error: .*records were changed after albs-echo"
done
# Order of members and white space are no change.
jq -S . in.json >good.json
expect_from 0 good.json run

if [ "$gives" = manifest ]; then
    jq -c '.artifacts[0].sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | .artifacts[0].name = "zero.txt" | del(."x-last") | ."x-other" = true' seed.json |
        albs-echo --word other >other.json 2>"$err" || fail 'no second manifest'
    cat in.json other.json >two.json
    expect_from 0 two.json run
    [ "$(wc -l <"$out")" = 1 ] || fail 'not one manifest'
    expect_json '[.artifacts[].name] | sort | join(" ")' 'hello.txt zero.txt'
    expect_json '."x-other" and ."x-last" != null'
    expect_json '.stages | length' 3
    expect_json '.stages[-1].inputs | length' 2
    keep_manifest "$out"
    cp "$out" merged.json
    # The merged manifest is a manifest: the next tool reads it.
    expect_from 0 merged.json albs-echo
    # The same one twice says nothing new.
    cat in.json in.json >twice.json
    expect_from 0 twice.json run
    expect_json '.artifacts | length' 1
    expect_json '.stages | length' 2
fi
# Contradictions.
for change in '.artifacts[0].size = 6' '.artifacts[0]."x-before" = 1' '."x-first".a = "other"' \
    '.artifacts[0]."x-after".a = "other"'; do
    jq -c "$change" seed.json | albs-echo >other.json 2>"$err" || fail 'no second manifest'
    cat in.json other.json >two.json
    expect_from 4 two.json run
    expect_empty_stdout
    expect_stderr "^$tool: error: .*contradict"
done
