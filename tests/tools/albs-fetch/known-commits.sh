#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A commit whose source tree is in the store is not checked out again: nothing but the store is needed for it. What is
# said of it is said anew, and files of the store that are gone or changed are noticed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
make_key good ed25519
make_flat "$work" sample
git init -q sub && commit_all sub 'A submodule'
git -C sample -c protocol.file.allow=always submodule --quiet add "$work/sub" other
commit_all sample 'With a submodule'
git -C sample tag v1
publish "$work" sample
start_server "$work" || exit 1
defer stop_server
commit=$(git -C sample rev-parse HEAD)
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
expect_stderr "submodule 'other' is not followed"
cp "$out" first
same_sources() {
    [ "$(jq -c '[.sources, .artifacts]' "$out")" = "$(jq -c '[.sources, .artifacts]' first)" ] || fail 'it is not the same'
}
: >"$server_log"
# Nothing is asked of the servers, and lists of what was downloaded are not needed.
rm -r .albs/lookaside
expect 0 albs-fetch "$git_url/sample.git#$commit"
same_sources
expect_stderr "submodule 'other' is not followed"
[ ! -s "$server_log" ] || fail "servers were asked: $(cat "$server_log")"
[ "$(ls .albs/fetch)" = lock ] || fail 'it was checked out'
# Another name of the same commit.
expect 0 albs-fetch "$git_url/sample.git#v1"
[ "$(jq -c '.sources[0].ref = null | [.sources, .artifacts]' "$out")" = \
    "$(jq -c '.sources[0].ref = null | [.sources, .artifacts]' first)" ] || fail 'another name is another source'
expect_json '.sources[0].ref' v1
expect 0 env SOURCE_DATE_EPOCH=1900000000 albs-fetch "$git_url/sample.git#$commit"
expect_json '.sources[0].source_date_epoch' 1900000000
# Rules of this run count.
expect 3 albs-fetch "$git_url/sample.git#$commit" --require-signed --keyring good.asc
expect_stderr 'is not signed'
expect_empty_stdout
# A memory that was cut or changed is none, and gone files are made again.
for memory in .albs/commits/*; do
    chmod u+w "$memory"
    head -c 100 "$memory" >cut && cp cut "$memory"
done
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
same_sources
file=$(jq -r '.sources[0].lookaside[0].sha256' first)
rm -f ".albs/store/sha256/$(printf %.2s "$file")/$file"
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
same_sources
tree=$(jq -r '.sources[0].files' first)
rm -f ".albs/store/sha256/$(printf %.2s "$tree")/$tree"
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
same_sources
# A changed file of the store is told, not used.
chmod u+w ".albs/store/sha256/$(printf %.2s "$file")/$file"
echo changed >".albs/store/sha256/$(printf %.2s "$file")/$file"
expect 4 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
expect_empty_stdout
