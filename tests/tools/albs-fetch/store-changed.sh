#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A store object that was changed is neither used nor silently replaced: status 4. Changed memos are as none.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
SOURCE_DATE_EPOCH=1800000000
export SOURCE_DATE_EPOCH
fetch() { expect "$1" albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"; }
fetch 0
cp "$out" first
spoil() {
    object=.albs/store/sha256/$(printf %.2s "$1")/$1
    cp "$object" kept
    chmod u+w "$object"
    printf x >>"$object"
}
restore() { mv -f kept "$object"; }
spoil "$(jq -r '.sources[0].lookaside[0].sha256' first)"
fetch 4
expect_stderr "store object '.*' was changed: its SHA-256 is"
expect_stderr "hint: move it away and run the stage that made it again"
expect_empty_stdout
restore
spoil "$(jq -r '.artifacts[0].sha256' first)"
fetch 4
expect_stderr "store object '.*' was changed: its SHA-256 is"
expect_empty_stdout
rm -f "$object"
fetch 0
same first "$out"
# A memo that was cut, or that names another object.
for memo in .albs/lookaside/*; do
    [ -s "$memo" ] && head -c 90 "$memo" >cut && cp cut "$memo"
done
fetch 0
same first "$out"
other=$(printf 'evil' | sha256sum | cut -d' ' -f1)
mkdir -p ".albs/store/sha256/$(printf %.2s "$other")"
printf 'evil' >".albs/store/sha256/$(printf %.2s "$other")/$other"
for memo in .albs/lookaside/*; do
    [ -s "$memo" ] || continue
    rest="$other $files_url/x"
    { printf %s "$rest" | sha256sum | cut -d' ' -f1; printf %s "$rest"; } >"$memo"
done
fetch 0
same first "$out"
