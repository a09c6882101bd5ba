# SPDX-License-Identifier: GPL-3.0-or-later
# A spec that does not parse, or names what is not there, is that package's failure: status 1 with the spec's line, a
# log, and no word about others.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
albs-fetch -q "file://$work/git/sample.git#c9" --lookaside "file://$work/files" -o good.json || fail 'not fetched'
# broken WORDS: what the task of it says, in a build beside another package.
broken() {
    commit_all sample "Break it"
    publish "$work" sample
    rm -f bad.json
    albs-fetch -q "file://$work/git/sample.git#c9" --lookaside "file://$work/files" -o bad.json || fail 'not fetched'
    expect 1 albs-build srpm good.json bad.json
    expect_json '[.tasks[].status] | sort | join(" ")' 'failed ok'
    expect_json '.tasks[] | select(.status == "failed") | .reason.phase + " " + .reason.kind' 'srpm spec'
    expect_json '.tasks[] | select(.status == "failed") | .reason.log == .log and (.log | length) == 64'
    jq -r '.tasks[] | select(.status == "failed").reason.message' "$out" | grep -q -e "$1" ||
        fail "no '$1' in $(jq '.tasks[].reason' "$out")"
}
cp sample/sample.spec good.spec
sed 's/^License:/Lisence:/' good.spec >sample/sample.spec
broken '^line 5: Unknown tag: Lisence: MIT$'
cp "$out" first
expect 1 albs-build srpm good.json bad.json
[ "$(jq -c .tasks "$out")" = "$(jq -c .tasks first)" ] || fail 'the same failure has another time'
sed 's/^%build/%if 1\n%build/' good.spec >sample/sample.spec
broken 'line .*: Unclosed %if'
sed 's/^Patch0: .*/Patch0: other.patch/' good.spec >sample/sample.spec
broken "source file 'other.patch' is neither in the source nor in its list of lookaside files"
printf '\000\001garbage' >sample/sample.spec
broken .
# An endless answer.
sed '1i %(while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx >\&2; done)' good.spec >sample/sample.spec
broken 'prints too much'
# A build fails the same way.
expect 1 albs-build bad.json
expect_json '.tasks[0].reason | .phase + .kind' srpmspec
