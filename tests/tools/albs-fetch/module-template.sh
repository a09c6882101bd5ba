#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Module templates: each component becomes a source, and the order in which they are built and the template are recorded.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
mkdir -p rpms/files modules
for name in compiler macros shell tool; do
    make_flat "$work/rpms" $name
    git -C rpms/$name branch -q c8-stream-rhel8 c9
    git -C rpms/$name branch -q rhel8 c9
    publish "$work/rpms" $name
    rm -rf "rpms/$name"
done
mkdir -p git/rpms git/modules
mv rpms/git/*.git git/rpms/
mv rpms/files files
start_server "$work" || exit 1
defer stop_server
lookaside="--lookaside $files_url"

# components LINES FILE: a modulemd document of version 2 with these lines in components.
template() {
    cat >"$2" <<TEMPLATE
document: modulemd
version: 2
data:
  ${3:-}
  summary: Tools
  description: Tools of a language
  license: {module: [MIT]}
  dependencies:
  - buildrequires: {platform: [el8]}
    requires: {platform: [el8]}
  filter: {rpms: [tool-tests]}
  components:
    rpms:
$1
TEMPLATE
}
three='      tool: {rationale: It is wanted, ref: c8-stream-rhel8, buildorder: 10}
      macros: {rationale: "Macros, first", ref: c8-stream-rhel8}
      compiler: {rationale: It builds the tool, ref: c8-stream-rhel8, buildorder: 5, arches: [x86_64]}'
# commit_template NAME BRANCH PATH: what `template` file holds, in git/modules/NAME.git.
commit_template() {
    [ -d "modules/$1" ] || git init -q -b "$2" "modules/$1"
    mkdir -p "modules/$1/$(dirname "$3")"
    cp template "modules/$1/$3"
    commit_all "modules/$1" 'Describe the stream'
    [ -d "git/modules/$1.git" ] || git init -q --bare -b "$2" "git/modules/$1.git"
    git -C "modules/$1" push -q --force "$work/git/modules/$1.git" --all
}
template "$three" template
commit_template go-toolset c8-stream-rhel8 SOURCES/modulemd.src.txt

expect 0 albs-fetch "$git_url/modules/go-toolset.git#c8-stream-rhel8" $lookaside -j 4
cp "$out" first
expect_json '[.sources[].name] | join(" ")' 'macros compiler tool'
expect_json '[.sources[] | "\(.ref) \(.url)"] | unique | join(" ")' \
    "c8-stream-rhel8 $git_url/rpms/compiler.git c8-stream-rhel8 $git_url/rpms/macros.git c8-stream-rhel8 $git_url/rpms/tool.git"
expect_json '.modules | length' 1
expect_json '.modules[0] | "\(.name) \(.stream) \(.ref) \(.url)"' \
    "go-toolset rhel8 c8-stream-rhel8 $git_url/modules/go-toolset.git"
expect_json '.modules[0].commit' "$(git -C modules/go-toolset rev-parse HEAD)"
expect_json '.modules[0].commit_time' "$(TZ=UTC git -C modules/go-toolset log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)"
expect_json '[.modules[0].components[] | "\(.buildorder) \(.name)"] | join(", ")' '0 macros, 5 compiler, 10 tool'
expect_json '[.modules[0].components[].source] == [.sources[].id]'
# The template as it was written, with all that a build of the module needs.
document=$(jq -r '.modules[0].document' first)
same template ".albs/store/sha256/$(printf %.2s "$document")/$document"
expect_json '.artifacts[] | select(.kind == "module") | .sha256 + .name' "${document}go-toolset.modulemd.yaml"
expect_json '[.artifacts[].kind] | join(" ")' 'source-tree source-tree source-tree module'
expect_stderr "albs-fetch: go-toolset:rhel8@.*: '$git_url/modules/go-toolset.git#c8-stream-rhel8'"
# Again: the same bytes. With other sources in a list: a component that is named beside it is one source.
expect 0 albs-fetch "$git_url/modules/go-toolset.git#c8-stream-rhel8" $lookaside -j 4
same first "$out"
expect 0 albs-fetch "$git_url/rpms/shell.git#c9" "$git_url/modules/go-toolset.git" \
    "$git_url/rpms/tool.git#c8-stream-rhel8" $lookaside
expect_json '[.sources[].name] | join(" ")' 'shell macros compiler tool'

# A manifest as list, exactly these again: here, and where the workspace has nothing.
for workspace in .albs other; do
    expect 0 albs-fetch --from first --workspace "$workspace"
    [ "$(jq -c '[.sources, .artifacts, .modules]' "$out")" = "$(jq -c '[.sources, .artifacts, .modules]' first)" ] ||
        fail 'not the same again'
done
echo '# another' >>template
commit_template go-toolset c8-stream-rhel8 SOURCES/modulemd.src.txt
expect 0 albs-fetch --from first --workspace new
zeros=$(printf %064d 0)
jq ".modules[0].document = \"$zeros\" | .stages = []" first >changed.json
expect_refusal 4 "source 'go-toolset:rhel8@" albs-fetch --from changed.json
jq '.sources |= .[:2] | .stages = []' first >changed.json
expect 1 albs-fetch --from changed.json
expect_json '.stages[0].failures[0].reason' "its component 'tool' was not fetched"
expect_json '.modules | length' 0
expect 0 albs-fetch -n --from first
expect_stderr "would check and store again 'go-toolset:rhel8@"

# Each component is changed as its configuration says; that of the module is none of a package.
mkdir -p brand/tool brand/go-toolset
echo 'actions: [{modify_release: [{suffix: .alma.1}]}]' | tee brand/tool/config.yaml >brand/go-toolset/config.yaml
expect 0 albs-fetch "$git_url/modules/go-toolset.git#c8-stream-rhel8" $lookaside --debrand brand
expect_json '[.sources[] | select(has("transformations")) | .name] | join(" ")' tool
expect_json '.modules[0].components == '"$(jq -c '.modules[0].components' first)"
! grep -q 'no package of this run' "$err" || fail 'it warns of a directory that has a configuration'
cp "$out" branded
for workspace in .albs other; do
    expect 0 albs-fetch --from branded --workspace "$workspace" --debrand brand
    [ "$(jq -c '[.sources, .artifacts, .modules]' "$out")" = "$(jq -c '[.sources, .artifacts, .modules]' branded)" ] ||
        fail 'not the same debranding again'
done
rm brand/tool/config.yaml
expect 0 albs-fetch "$git_url/modules/go-toolset.git#c8-stream-rhel8" $lookaside --debrand brand
expect_stderr "warning: no package of this run has a configuration in 'brand': it would be 'brand/macros/config.yaml', "

# A file, whose name and stream stand in it; places and refs as the user says.
template "$three" tools.yaml 'stream: "1"'
expect_refusal 2 "component 'macros': nothing says where its repository is" albs-fetch tools.yaml $lookaside -j 1
expect 0 albs-fetch tools.yaml --components "$git_url/rpms" $lookaside
expect_json '.modules[0] | "\(.name):\(.stream) \(.url) \(.commit) \(.commit_time)"' 'tools:1 null null null'
expect 0 albs-fetch tools.yaml --components "$git_url/rpms/{name}.git" --component-ref 'rhel8' $lookaside
expect_json '[.sources[].ref] | unique | join(" ")' rhel8
cp "$out" from_file
expect 0 albs-fetch --from from_file
expect_json '.modules[0].name' tools
expect 1 albs-fetch --from from_file --workspace empty
expect_json '.stages[0].failures[0].reason' 'its template was a file, and is not in the store'

# Version 3 of the packagers' documents, in NAME.yaml; order by buildafter; a cache; the stream is the branch.
cat >template <<TEMPLATE
document: modulemd-packager
version: 3
data:
  summary: Tools
  description: Tools of a language
  license: [MIT]
  configurations:
  - context: A1
    platform: el8
  components:
    rpms:
      shell: {rationale: Last, cache: $files_url, buildafter: [tool]}
      tool: {rationale: Then, cache: $files_url, name: tool, buildafter: [zlanguage]}
      zlanguage: {rationale: First, cache: $files_url, name: compiler, repository: $git_url/rpms/compiler.git}
TEMPLATE
commit_template language rhel8 language.yaml
expect 0 albs-fetch "$git_url/modules/language.git" --workspace third
expect_json '.modules[0] | "\(.name) \(.stream) \(.ref)"' 'language rhel8 HEAD'
expect_json '[.modules[0].components[] | "\(.name) \(.source | split("@")[0]) \(.buildafter // [] | join(","))"] | join(", ")' \
    'zlanguage compiler , tool tool zlanguage, shell shell tool'
expect_json '[.sources[].ref] | unique | join(" ")' rhel8

# What is wrong is said with the component's name, and nothing of the module is written.
sed -i 's/buildafter: \[zlanguage\]/buildafter: [shell]/' template
commit_template language rhel8 language.yaml
expect_refusal 3 'to be built after itself' albs-fetch "$git_url/modules/language.git"
wrong() { # STATUS WORDS COMPONENTS [OPTION...]
    wrong_status=$1 wrong_words=$2
    template "$3" template 'stream: x'
    commit_template wrong rhel8 wrong.yaml
    shift 3
    expect_refusal "$wrong_status" "$wrong_words" albs-fetch "$git_url/modules/wrong.git" $lookaside "$@"
}
wrong 3 "component 'gone': cannot fetch" '      gone: {rationale: It is gone, ref: c9}'
wrong 3 "component 'tool': no branch, tag or commit 'no-such'" '      tool: {rationale: A ref, ref: no-such}'
# Without a ref it is the branch with the name of the stream.
wrong 3 "component 'tool': no branch, tag or commit 'x'" '      tool: {rationale: No ref}'
wrong 3 'a place of this machine' "      tool: {rationale: A place, ref: c9, repository: \"file://$work/git/rpms/tool.git\"}"
wrong 3 'a place of this machine' "      shell: {rationale: A place, ref: c9, cache: \"file://$work/files\"}" --workspace fourth
wrong 3 "'../tool' is not the name of a package" '      ../tool: {rationale: A name, ref: c9}'
wrong 3 "component 'tool'" '      tool: {rationale: A ref, ref: "--upload-pack=sh"}'
wrong 3 'is a module, and no package' \
    "      tool: {rationale: A module, ref: rhel8, repository: \"$git_url/modules/language.git\"}"
wrong 3 'the module template cannot be read' '      tool: [no, component]'
expect 1 albs-fetch "$git_url/rpms/tool.git#c9" "$git_url/modules/wrong.git" $lookaside
expect_json '[.sources[].name] | join(" ")' tool
expect_json '.stages[0].failures[0].what' "$git_url/modules/wrong.git"
echo 'no: template' >empty.yaml
expect_refusal 3 'the module template cannot be read' albs-fetch empty.yaml
