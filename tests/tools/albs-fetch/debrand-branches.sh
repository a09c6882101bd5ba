#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Several configurations of one package, each for a branch; releases that are counted by the tags of a repository.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
make_flat "$work" other
publish "$work" sample
publish "$work" other
files_url="file://$work/files"
url="file://$work/git/sample.git"
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
# release_of [NUMBER]: of that source of the manifest
release_of() {
    tree=$(object_of "$(jq -r ".sources[${1:-0}].files" "$out")")
    sed -n 's/^Release: *//p' "$(object_of "$(jq -r '.files[] | select(.path | endswith(".spec")) | .sha256' "$tree")")"
}
debranded() { albs-fetch "$@" --lookaside "$files_url" --debrand brand; }
is_release() { [ "$(release_of)" = "$1" ] || fail "the release is $(release_of), not $1"; }
# configure FILE SUFFIX [BRANCH]
configure() {
    mkdir -p "$(dirname "brand/$1")"
    { [ -z "${3:-}" ] || echo "parameters: {custom_target_branch: $3}"
      printf 'actions:\n  - modify_release: [{suffix: %s}]\n' "$2"; } >"brand/$1"
}

configure sample/config.yaml .alma.1
configure sample/config-cern.yaml .cern.1 a9-cern
configure sample/config-nvidia.yaml .nv.1 a9-nvidia
configure other/config.yaml .alma.1
expect 0 debranded "$url#c9"
is_release 1.alma.1
expect 0 debranded "$url#c9" "file://$work/git/other.git#c9" --debrand-branch a9-cern
is_release 1.cern.1
[ "$(release_of 1)" = 1.alma.1 ] || fail 'a package that has only config.yaml'
by=$(object_of "$(jq -r '.sources[0].transformations[0].by' "$out")")
[ "$(jq -c '[.files[].path]' "$by")" = '["config-cern.yaml"]' ] || fail "recorded: $(cat "$by")"
cp "$out" cern.json
expect 0 albs-fetch --from cern.json --lookaside "$files_url"
expect_json '.sources | tojson' "$(jq '.sources | tojson' -r cern.json)"
# Which one is meant has to be clear.
expect_refusal 2 '--debrand-branch says which configuration of --debrand counts' \
    albs-fetch "$url#c9" --lookaside "$files_url" --debrand-branch a9-cern
mv brand/sample/config.yaml kept.yaml
expect_refusal 3 "'brand/sample/config.yaml' is not there, and for which branch is not said" debranded "$url#c9"
grep -q "hint: --debrand-branch takes 'a9-cern', 'a9-nvidia'" "$err" || fail 'no hint'
expect_refusal 3 "no configuration in 'brand/sample' is for branch 'a9-x'" debranded "$url#c9" --debrand-branch a9-x
configure sample/config-more.yaml .x.1
expect_refusal 3 'brand/sample/config-more.yaml: it lacks the parameter custom_target_branch' debranded "$url#c9"
configure sample/config-more.yaml .x.1 a9-cern
expect_refusal 3 "brand/sample/config-more.yaml: another configuration has the custom_target_branch 'a9-cern'" \
    debranded "$url#c9"
rm brand/sample/config-*.yaml

# Counting: the tags of the version, by the server as it is now.
printf 'actions:\n  - modify_release: [{suffix: .alma.1, auto_increment: true}]\n' >brand/sample/config.yaml
expect_refusal 3 "brand/sample/config.yaml:2: modify_release: 'auto_increment' needs a tag imports/BRANCH/" debranded "$url#c9"
tag() { git -C git/sample.git tag "$1" "${2:-c9}"; }
tag imports/c9/sample-1.0-1
expect 0 debranded "$url#c9"
is_release 1.alma.1
cp "$out" first.json
tag changed/a9/sample-1.0-1.alma.1
tag changed/a9/sample-1.0-1.alma.9
tag changed/a9/sample-1.0-2.alma.30
expect 0 debranded "$url#c9"
is_release 1.alma.10
expect 0 debranded "$url#imports/c9/sample-1.0-1"
is_release 1.alma.10
by=$(object_of "$(jq -r '.sources[0].transformations[0].by' "$out")")
[ "$(cat "$(object_of "$(jq -r '.files[] | select(.path == "release-suffixes") | .sha256' "$by")")")" = .alma.10 ] ||
    fail 'the number is not recorded'
# What was recorded stays what it was, with the option or without it.
for option in '' '--debrand brand'; do
    expect 0 albs-fetch --from first.json --lookaside "$files_url" $option
    expect_json '.sources | tojson' "$(jq '.sources | tojson' -r first.json)"
done
# A directory has no tags; a commit is not asked for again, and that is told.
expect_refusal 3 "config.yaml:2: modify_release: 'auto_increment' counts the tags of a repository" debranded sample
expect 0 debranded "$url#$(git -C git/sample.git rev-parse c9)"
expect_stderr 'sample: its releases are counted by the tags that the mirror has'
