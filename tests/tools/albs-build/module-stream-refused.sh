# SPDX-License-Identifier: GPL-3.0-or-later
# What cannot be built as a module stream: one error, with the documented status, before anything is built.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/module-lib.sh"
plain_platform
component words <<'SPEC'
License: MIT
BuildArch: noarch
%description
x
%files
SPEC
# module [LINE-OF-ITS-DATA]...: words.json, of a module with that one component.
module() {
    {
        printf '  license: {module: [MIT]}\n'
        for line; do printf '  %s\n' "$line"; done
        printf '  components:\n    rpms:\n      words: {rationale: Macros, ref: main}\n'
    } | template words.yaml
    fetched words
}
refused() { # STATUS WORDS [OPTION...]
    refused_status=$1 refused_words=$2
    shift 2
    expect_from "$refused_status" words.json albs-build --platforms test.yaml --platform test-9 "$@"
    expect_stderr "$refused_words"
    [ "$(grep -c ': error: ' "$err")" = 1 ] || fail "not one error: $(cat "$err")"
    expect_empty_stdout
}
module 'dependencies: [{buildrequires: {platform: [el9]}, requires: {platform: [el9]}}]'
refused 3 "module 'tools:1': platform 'test-9' has no version that its dist could be made of"
versions
# Where there is no root for each component, or the options are none.
refused 2 "module 'tools:1' is built in roots of packages, and backend 'host' makes none" --backend host
refused 2 "module 'tools:1' is built in roots of packages, and backend 'mock' makes none" --backend mock
refused 2 "is built in roots of packages" --backend host -n
expect_stderr 'hint: to build its sources as packages of no module, take its record out of the manifest'
expect_from 0 words.json albs-build -n --platforms test.yaml --platform test-9
expect_stderr 'tools:1@.*: would be a module stream'
lock_of bash >lock.json
refused 2 "module 'tools:1' is built in a root for each component, and --lock is one root" --lock lock.json
for word in 0 -1 1x 99999999999999999999; do refused 2 "\-\-module-version '$word' is no number above 0" --module-version $word; done
refused 2 "\-\-module-index '1000000000' is no number above 0" --module-index 1000000000
# Streams: one that no repository has, one that nobody chose, another platform.
module 'dependencies: [{buildrequires: {platform: [el9], lang: ["5"]}}]'
refused 3 "module 'tools:1': it is built with 'lang:5', and no repository has that module stream"
expect_from 3 words.json albs-build plan --platforms test.yaml --platform test-9
expect_stderr "it is built with 'lang:5'"
module 'dependencies: [{buildrequires: {platform: [el9], lang: []}}]'
refused 3 "module 'tools:1': it is built with 'lang' in any stream, and which one is not said"
expect_stderr 'hint: choose one with --module-enable lang:STREAM'
build 0 words --module-enable lang:4
expect_json '.tasks[0].options[:2] | join(" ")' '--module-enable lang:4'
grep -q 'lang: \[4\]' "$(object_of "$(jq -r '.module_builds[0].document' "$out")")" || fail 'it was built with another stream'
module 'dependencies: [{buildrequires: {platform: [el8]}}]'
refused 3 "module 'tools:1': it is not for the platform 'el9'"
module 'dependencies: [{buildrequires: {lang: ["3"]}}, {buildrequires: {lang: ["4"]}}]'
refused 3 "module 'tools:1': it can be built in 2 ways for the platform 'el9'"
build 0 words --module-enable lang:3
# What stands in a repository already.
module 'static_context: true' 'context: c0ffee00' 'version: 20240101000000'
sed -i 's/name: tools/name: tool/; s/stream: "1"/stream: "1.0"/' words.yaml && fetched words
refused 3 "module 'tool:1.0': a repository has 'tool:1.0:20240101000000:c0ffee00' already"
expect_stderr 'hint: give it another version with --module-version NUMBER'
build 0 words --module-version 20240101000001
expect_json '.module_builds[0] | "\(.version) \(.context)"' '20240101000001 c0ffee00'
# The older build of its own stream is what its roots see.
expect_json '.tasks[0].options[:2] | join(" ")' '--module-enable tool:1.0'
# Macros that are none; a template that the store does not have any more.
module 'buildopts: {rpms: {macros: "with_words 1"}}'
refused 3 "module 'tools:1': 'with_words 1' defines no macro"
document=$(object_of "$(jq -r '.modules[0].document' words.json)")
chmod u+w "$document" && echo '# changed' >>"$document"
refused 4 "module 'tools:1': "
rm -f "$document"
refused 3 "module 'tools:1': "
# Two of one stream, one source in two, a source that is not there, and what nobody can tell the time of.
module 'xmd: {}' && cp words.json one.json
module 'xmd: {other: 1}' && cp words.json other.json
jq -cs '.[0].modules += .[1].modules | .[0].artifacts += .[1].artifacts | .[0] | .stages = [] | .artifacts |= unique_by(.sha256)' \
    one.json other.json >words.json
refused 3 "'tools:1@.*' and 'tools:1@.*' are one module stream"
jq -c '.modules[1].name = "others"' words.json >two.json && mv two.json words.json
refused 3 "source 'words@.*' is a component of 'tools:1@.*' and of 'tools:1@.*'"
module
jq -c '(.sources, .modules)[] |= del(.commit_time) | .sources[].source_date_epoch = null | .stages = []' words.json >none.json
mv none.json words.json
refused 3 "module 'tools:1': none of its components says when it was changed last, so it has no version"
expect_stderr 'hint: give it one with --module-version NUMBER'
