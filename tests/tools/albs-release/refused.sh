# SPDX-License-Identifier: GPL-3.0-or-later
# What is not signed, not by an allowed key, not notarized, not tested or failed is refused with a reason, and nothing
# of its source is published; another source of the same manifest is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

key=$(make_key signer)
other=$(make_key other)
make_ledger
build_package hello 1.0
manifest_of hello 1.0 >built.json
albs-notarize -q built.json >notarized.json 2>"$err" || fail notarize
signed_of hello 1.0 "$key" >signed.json

# refused MANIFEST REASON: status 1, the reason, a manifest without releases, no tree.
refused() {
    expect_from 1 "$1" albs-release --to repo --key "$key"
    expect_stderr "^albs-release: warning: hello.*: refused: $2"
    expect_json '.releases | length' 0
    expect_json '.stages[-1].verdict' no
    [ ! -e repo ] || fail 'something was published'
}
refused notarized.json 'not signed$'
albs-sign -q --key "$other" <notarized.json | albs-notarize -q >other.json 2>"$err"
refused other.json "signed by $other, which is not allowed"
# Records without proofs.
jq -c '.stages = [] | .notarizations = []' signed.json >bare.json
refused bare.json 'the build is not notarized'
expect_stderr 'the signature is not notarized'
expect_stderr "test 'install' is not notarized"
jq -c '.stages = [] | .tests = []' signed.json >untested.json
refused untested.json 'not tested'
jq -c '.tests[0].status = "fail" | .tests[0].reason = "it broke"' built.json | albs-notarize -q |
    albs-sign -q --key "$key" | albs-notarize -q >failed.json 2>"$err"
refused failed.json "test 'install' failed: it broke"
jq -c '.tests[].status = "skip" | .tests[].reason = "no root"' built.json | albs-notarize -q |
    albs-sign -q --key "$key" | albs-notarize -q >skipped.json 2>"$err"
refused skipped.json "not tested: test 'install' was skipped: no root"
# What is told of a file that nobody installed is no test of the package.
jq -c '(.tests | map(.name = "integrity" | .id |= sub("install$"; "integrity"))) as $read |
    .tests |= map(.status = "skip" | .reason = "no root") + $read' built.json | albs-notarize -q | albs-sign -q --key "$key" | albs-notarize -q >unread.json 2>"$err"
[ "$(jq -r '[.tests[] | "\(.name) \(.status)"] | unique | join(", ")' unread.json)" = 'install skip, integrity pass' ] ||
    fail "$(jq -c .tests unread.json)"
refused unread.json "not tested: test 'install' was skipped: no root"
jq -c '.tasks[0].status = "failed" | .tasks[0].reason = {phase: "build", kind: "compile", message: "no such function", log: null, offset: null} |
    .tasks[0].artifacts = [] | .tests = []' built.json | albs-notarize -q >broken.json 2>"$err"
refused broken.json 'failed: no such function$'
jq -c '.tasks = [] | .tests = []' built.json | albs-notarize -q >unbuilt.json 2>"$err"
refused unbuilt.json 'it was not built'

# A good source beside a bad one.
signed_package second 1.0 second.json
cat untested.json second.json >both.json
expect_from 1 both.json albs-release --to repo --key "$key"
expect_stderr 'hello-1.0-1.*refused: not tested'
expect_stderr 'published 4 files'
expect_json '[.releases[].packages[].path] | any(test("hello"))' false
[ -f "repo/$arch/os/Packages/s/second-1.0-1.$arch.rpm" ] || fail 'the good one is not there'
[ ! -e "repo/$arch/os/Packages/h" ] || fail 'half of the bad one is there'
