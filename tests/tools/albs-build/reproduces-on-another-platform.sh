# SPDX-License-Identifier: GPL-3.0-or-later
# A task records what its platform was. It is built again on that, or compared with another of its name first.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
cat >platforms.yaml <<'YAML'
- {name: Example-9, type: rpm, distr_type: rhel, distr_version: '9', arch_list: [x86_64, aarch64],
   data: {definitions: {dist: .el9}, mock: {macros: {'%word': plain}}}}
- {name: wordy, data: {definitions: {word: flavored}}}
YAML
package greet
arch=$(uname -m)
expect_from 0 greet.json albs-build --platforms platforms.yaml --platform example-9 --flavor wordy
cp "$out" built.json
record=.albs/store/$(jq -r '.tasks[0].definition | "sha256/\(.[0:2])/\(.)"' built.json)
expect_json '.tasks[0].definition as $it | [.artifacts[] | select(.sha256 == $it) | .kind, .name] | join(" ")' \
    'platform Example-9.platform.json'
jq -e '.schema == "albs.platform/1" and .backend == "host" and .definition.name == "Example-9" and
    .definition.data.definitions == {dist: ".el9", word: "flavored"} and
    (.macros | contains("%dist .el9\n") and contains("%word flavored\n"))' "$record" >/dev/null ||
    fail "the record says $(cat "$record")"
# Nobody has to have the file any more.
mv platforms.yaml then.yaml
expect_from 0 built.json albs-build reproduce
expect_json '.tasks[0] | .same and .same_platform and .same_toolchain and .platform_differences == []'
# Another platform of that name, and how it is another.
sed 's/dist: .el9/dist: .el10/; s/word: flavored/word: other/' then.yaml >drift.yaml
expect_from 1 built.json albs-build reproduce --platforms drift.yaml
expect_json '.tasks[0] | (.same or .same_platform or .same_toolchain) | not'
expect_json '.tasks[0].platform_differences | join("; ")' \
    "data.definitions.dist: '\".el9\"', then '\".el10\"'; data.definitions.word: '\"flavored\"', then '\"other\"'; macro %dist: '.el9', then '.el10'; macro %word: 'flavored', then 'other'"
expect_stderr "warning: .*platform 'Example-9' is another than then: macro %dist: '.el9', then '.el10'"
# The same definition from a file is the same platform.
expect_from 0 built.json albs-build reproduce --platforms then.yaml
expect_json '.tasks[0].same_platform'
# A record that is gone is missed, and older manifests have none.
mv "$record" away
expect_refusal 3 'store' albs-build reproduce built.json
mv away "$record"
jq 'del(.tasks[].definition) | .artifacts |= map(select(.kind != "platform")) | .stages = []' built.json >old.json
expect_from 0 old.json albs-build reproduce --platforms then.yaml
expect_json '.tasks[0] | .same and .same_platform == null and .same_toolchain'
# Who made the record of a ledger answers for it, too.
expect 0 albs-notarize init --origin log.example.org
expect_from 0 built.json albs-notarize
expect_json '[.artifacts[] | select(.kind == "platform")] | length == 1'
# Other words in the header, and the same files.
sed 's/dist: .el9/dist: .el9, vendor: Somebody/' then.yaml >vendor.yaml
expect_from 1 built.json albs-build reproduce --platforms vendor.yaml
expect_json '[.tasks[].packages[] | .verdict, (.tags | index("Vendor") != null), .file] | unique | map(tostring) | join(" ")' \
    'null true payload'
