# SPDX-License-Identifier: GPL-3.0-or-later
# Files with the same bytes and other names (an image under two names, empty files) are one artifact with several names.
# Nobody tampered: they are recorded, merged, verified and exported under each.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo image >a.iso
cp a.iso b.iso
cp a.iso c.iso
: >empty1
: >empty2
expect 0 albs-notarize files empty1 empty2
expect_json '.artifacts | length' 1
expect 0 albs-notarize files a.iso b.iso
cp "$out" both.json
expect_json '.artifacts[0] | "\(.name) \(.names)"' 'a.iso ["b.iso"]'
expect_json '.notarizations | length' 2
expect 0 albs-notarize verify --log-key "$key" both.json a.iso b.iso
[ "$(grep -c '^verified ' "$out")" = 2 ] || fail 'not both files'
expect_from 0 both.json albs-notarize export --log-key "$key" beside
expect_stdout '^a.iso.sigstore.json$'
expect_stdout '^b.iso.sigstore.json$'
cp a.iso b.iso beside
expect 0 albs-notarize verify --log-key "$key" beside/a.iso beside/b.iso
# Recorded one by one, and merged: the same, however often.
expect 0 albs-notarize files a.iso
cp "$out" 1.json
expect_json '.artifacts[0] | has("names")' false
expect 0 albs-notarize files c.iso
cp "$out" 2.json
expect 0 albs-notarize 1.json 2.json both.json 2.json
expect_json '.artifacts[0] | "\(.name) \(.names)"' 'a.iso ["c.iso","b.iso"]'
cp "$out" merged.json
expect 0 albs-notarize verify --log-key "$key" merged.json
expect 0 albs-notarize merged.json
expect_stderr 'recorded 0 statements'
# A name that nobody recorded is no name of it.
jq -c '.stages = [] | .artifacts[0].names = ["d.iso"]' both.json >other.json
expect 4 albs-notarize verify --log-key "$key" other.json
expect_stderr 'b.iso'
