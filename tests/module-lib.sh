# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that build module streams: components in git repositories, templates, what comes of them. Sourced after
# root-lib.sh.
. "$ALBS_SOURCE/tests/fixture/distgit.sh"

# versions: the platform of test.yaml says what the dist of modules is made of.
versions() { sed -i "s/^    mock_dist: el9$/&\n    versions: [{name: '9.4', version_prefix: '90400', dist_prefix: el9.4.0}]/" test.yaml; }
# component NAME < SPEC-AFTER-ITS-SUMMARY: git/NAME, a repository with NAME.spec.
component() {
    [ -d "git/$1" ] || git init -q -b main "git/$1"
    {
        printf '%%global debug_package %%{nil}\nName: %s\nVersion: 1\nRelease: 1%%{?dist}\nSummary: x\n' "$1"
        cat
    } >"git/$1/$1.spec"
    commit_all "git/$1" 'Describe it'
}
# template FILE < YAML: a modulemd document of the stream tools:1.
template() {
    {
        printf 'document: modulemd\nversion: 2\ndata:\n  name: tools\n  stream: "1"\n  summary: Tools\n  description: Tools.\n'
        cat
    } >"$1"
}
# fetched NAME: NAME.json, of the template NAME.yaml with the components of git/.
fetched() { albs-fetch "$1.yaml" --components "file://$PWD/git/{name}" -o "$1.json" 2>"$err" || fail "$(cat "$err")"; }
# context_of BUILD RUN: of the streams that it is built with, and those that it runs with.
context_of() {
    printf '%s:%s' "$(printf %s "$1" | sha1sum | cut -d' ' -f1)" "$(printf %s "$2" | sha1sum | cut -d' ' -f1)" |
        sha1sum | cut -c 1-8
}
# artifacts_of MODULE FILE: the packages that a document lists, in its order.
artifacts_of() {
    awk -v name="$1" '$1 == "name:" && NF == 2 && !seen { seen = 1; is = $2 == name } $1 == "---" { seen = 0 }
        $1 == "artifacts:" { list = 1 } $1 == "..." { list = 0 } is && list && $1 == "-" { print $2 }' "$2"
}
# repository_of MANIFEST DIRECTORY: its packages, with the documents of its modules.
repository_of() {
    mkdir -p "$2"
    jq -r '.artifacts[] | select(.kind == "rpm") | "\(.sha256) \(.name)"' "$1" | while read -r digest name; do
        cp "$(object_of "$digest")" "$2/$name"
    done
    createrepo_c -q "$2"
    for digest in $(jq -r '.module_builds[].document' "$1"); do cat "$(object_of "$digest")"; done >modules.yaml
    modifyrepo_c --mdtype=modules modules.yaml "$2/repodata" >"$work/.modifyrepo" 2>&1 || fail "$(cat "$work/.modifyrepo")"
}
