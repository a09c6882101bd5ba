#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A directory as it lies there: what a packager tries before committing. Its files count, not their times.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
echo changed >>sample/fix.patch
expect 0 albs-fetch sample --lookaside "$files_url"
expect_json ".sources[0] | .kind + .name + .layout + .spec" directorysampleflatsample.spec
expect_json ".sources[0] | [.url, .ref, .commit, .tree, .commit_time] | map(. == null) | all"
expect_json ".sources[0].source_date_epoch" null
expect_json ".sources[0].id == \"sample@tree-\" + .artifacts[0].sha256[0:12]"
expect_json ".sources[0].files == .artifacts[0].sha256"
tree=.albs/store/sha256/$(jq -r '.artifacts[0].sha256 | .[0:2] + "/" + .' "$out")
[ "$(jq -r '.files[].path' "$tree" | tr '\n' ' ')" = "fix.patch sample-1.0.tar.gz sample.spec sources " ] ||
    fail "the tree is $(cat "$tree")"
[ "$(jq -r '.files[0].sha256' "$tree")" = "$(sha256sum <sample/fix.patch | cut -d' ' -f1)" ] || fail 'another file'
cp "$out" first
expect 0 env SOURCE_DATE_EPOCH=1800000000 albs-fetch sample --lookaside "$files_url"
expect_json ".sources[0].source_date_epoch" 1800000000
# Elsewhere, later, with the lookaside file at hand and no server.
mkdir copy
cp sample/* sample-1.0.tar.gz copy/
touch -d 2020-01-01 copy/*
stop_server
expect 0 albs-fetch copy --workspace other
[ "$(jq -r .artifacts[0].sha256 "$out")" = "$(jq -r .artifacts[0].sha256 first)" ] || fail "times changed the bytes"
# Nothing is written there.
[ "$(ls -A copy | tr '\n' ' ')" = "fix.patch sample-1.0.tar.gz sample.spec sources " ] ||
    fail "something was written: $(ls -A copy)"
ln -s /etc/passwd copy/leak
expect 3 albs-fetch copy
expect_stderr "symbolic link 'leak' leads out of the directory"
expect_empty_stdout
