# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at any moment, the old tree is served whole, and the next run ends in the very tree of a run that was not
# killed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 old.json
signed_package hello 2.0 new.json
SOURCE_DATE_EPOCH=1780000000
export SOURCE_DATE_EPOCH
expect_from 0 old.json albs-release --to whole/repo --baseurl https://example.org --key "$key"
mkdir cut
cp -a whole/. cut/
start=$(date +%s%N)
expect_from 0 new.json albs-release --to whole/repo --baseurl https://example.org --key "$key"
span=$(($(date +%s%N) - start))
cp "$out" wanted.json
kills=0
for step in 1 2 3 4 5 6; do
    rm -rf cut
    mkdir cut
    cp -a whole/repo.1 cut/
    ln -s repo.1 cut/repo
    albs-release --to cut/repo --baseurl https://example.org --key "$key" <new.json >.cut 2>/dev/null &
    sleep "$(awk "BEGIN { print $span * $step / 6 / 1e9 }")"
    kill -9 $! 2>/dev/null && kills=$((kills + 1))
    wait $! 2>/dev/null
    served=$(readlink cut/repo)
    expect 0 albs-release check cut/repo
    expect_from 0 new.json albs-release --to cut/repo --baseurl https://example.org --key "$key"
    jq -c .releases "$out" >ours
    jq -c .releases wanted.json >theirs
    same ours theirs
    diff -r whole/repo/ cut/repo/ >"$out" || fail "killed at $step/6 (then $served was served): another tree"
    left=$(ls -A cut)
    [ "$(echo "$left" | grep -c '\.new$\|\.link$')" = 0 ] || fail "left behind: $left"
done
[ "$kills" -gt 2 ] || fail "only $kills of 6 runs were killed: the test proves nothing"
