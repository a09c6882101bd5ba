#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A flat dist-git repository over HTTP, its file from a lookaside of Fedora's layout, comes out as a pinned source.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
commit=$(git -C sample rev-parse HEAD)
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url" --output out
expect_stderr "albs-fetch: sample@.*: '$git_url/sample.git#c9'"
expect_json ".sources | length" 1
expect_json ".sources[0].kind" git
expect_json ".sources[0].name" sample
expect_json ".sources[0].url" "$git_url/sample.git"
expect_json ".sources[0].ref" c9
expect_json ".sources[0].commit" "$commit"
expect_json ".sources[0].tree" "$(git -C sample rev-parse 'HEAD^{tree}')"
expect_json ".sources[0].id" "sample@$(printf %.12s "$commit")"
expect_json ".sources[0].layout" flat
expect_json ".sources[0].spec" sample.spec
expect_json ".sources[0].signature.status" none
expect_json ".sources[0].commit_time" 2023-11-15T22:13:20Z
# The commit's.
expect_json ".sources[0].source_date_epoch" 1700086400
expect_json ".sources[0].lookaside[0] | .path + .algorithm" sample-1.0.tar.gzsha512
expect_json ".sources[0].lookaside[0].sha256" "$(sha256sum <sample-1.0.tar.gz | cut -d' ' -f1)"
expect_json ".sources[0].lookaside[0].size" "$(wc -c <sample-1.0.tar.gz)"
expect_json ".sources[0].srpm" null
expect_json ".artifacts[0] | .kind + .name" source-treesample.source-tree.json
expect_json ".artifacts[0].sha256 == .sources[0].files"
expect_json ".artifacts[0].sha256" "$(sha256sum <out/sample.source-tree.json | cut -d' ' -f1)"
jq -r '.files[] | .path + " " + .mode + " " + .sha256 + " \(.size)"' out/sample.source-tree.json >listed
for file in fix.patch sample-1.0.tar.gz sample.spec sources; do
    place=sample/$file
    [ -e "$place" ] || place=$file
    echo "$file 100644 $(sha256sum <"$place" | cut -d' ' -f1) $(wc -c <"$place")"
    [ -e ".albs/store/sha256/$(sha256sum <"$place" | sed 's/^\(..\)\([^ ]*\).*/\1\/\1\2/')" ] || fail "no $file in the store"
done >wanted
same wanted listed

# A branch on which the package was retired has no spec, and says why.
git -C sample checkout -q --orphan f40
git -C sample rm -qrf .
printf 'Replaced by another.\nSee there.\n' >sample/dead.package
commit_all sample 'Retire'
publish "$work" sample
expect_refusal 3 "'$git_url/sample.git#f40': the package was retired: Replaced by another." albs-fetch "$git_url/sample.git#f40"
expect_stderr '^albs-fetch: hint: it may live on another branch'
