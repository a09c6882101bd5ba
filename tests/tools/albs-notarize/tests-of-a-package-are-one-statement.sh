# SPDX-License-Identifier: GPL-3.0-or-later
# All tests of a package are one statement, with those that were skipped. More tests are told in another that lists all;
# a check that is taken out, or changed, is seen; statements of before, one for each check, hold.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
jq -c '.stages = [] | .tasks[0].id as $task |
    [.artifacts[] | select(.kind == "rpm")][0:2] as $packages |
    .tests = [$packages[] as $package | ("install", "fits", "remove", "linkage") as $name |
        {id: "\($package.sha256)/\($name)", artifact: $package.sha256, task: $task, name: $name,
         status: (if $name == "fits" then "fail" elif $name == "linkage" then "skip" else "pass" end),
         reason: (if $name == "install" or $name == "remove" then null else "because" end), log: null}]' \
    "$manifest" >tested.json
expect_from 0 tested.json albs-notarize
cp "$out" n.json
expect_json '[.notarizations[] | select(.kind == "test")] | length' 2
expect_json '[.notarizations[] | select(.kind == "test") | .about == .subject] | all'
# The statement of a test, together with its form (albs-manifest(5)).
statement() {
    jq "INDEX(.forms[]; .id) as \$forms | [.notarizations[] | select(.kind == \"test\")][$2] |
        if .form then \$forms[.form].statement * .statement else .statement end" "$1" >"$out"
}
statement n.json 0
expect_json .predicateType https://in-toto.io/attestation/test-result/v0.1
expect_json .predicate.result FAILED
expect_json '.predicate | "\(.passedTests) \(.failedTests) \(.skippedTests)"' '["install","remove"] ["fits"] ["linkage"]'
expect_json '[.predicate.albs_binding.checks[].name] | join(" ")' 'fits install linkage remove'
expect 0 albs-notarize verify --log-key "$key" n.json
[ "$(grep -c '^verified test ' "$out")" = 8 ] || fail 'not every test is verified'
expect_from 0 n.json albs-notarize
expect_stderr 'recorded 0 statements'

# One more test: one more statement, which lists all.
jq -c '.stages = [] | .tests += [.tests[0] | .name = "suite" | .id = .artifact + "/suite"]' n.json >more.json
expect 1 albs-notarize verify --log-key "$key" more.json
expect_stdout '^absent test .*/suite$'
expect_from 0 more.json albs-notarize
expect_stderr 'recorded 1 statements'
cp "$out" more.json
statement more.json -1
expect_json '.predicate.albs_binding.checks | length' 5
expect 0 albs-notarize verify --log-key "$key" more.json

# What failed is taken out, or said to have passed.
jq -c '.stages = [] | del(.tests[] | select(.name == "fits"))' n.json >without.json
jq -c '.stages = [] | (.tests[] | select(.name == "fits")) |= (.status = "pass" | .reason = null)' n.json >passed.json
for changed in without passed; do
    expect 4 albs-notarize verify --log-key "$key" $changed.json
    expect_empty_stdout
    expect_stderr "notarization 'log.example.org#[0-9]*' of test '[0-9a-f]*': .*/fits'"
    expect_from 4 $changed.json albs-notarize
done
# Another verdict beside it is another attempt, which nobody recorded.
jq -c '.stages = [] | .notarizations = [] | (.tests[] | select(.name == "fits")) |= (.status = "pass" | .reason = null)' \
    n.json >again.json
cat n.json again.json >both.json
expect_from 0 both.json albs-notarize
expect_stderr 'recorded 2 statements'
cp "$out" both.json
expect_json '[.tests[] | select(.name == "fits")] | length' 4
expect 0 albs-notarize verify --log-key "$key" both.json
jq -c '.stages = [] | del(.tests[] | select(.name == "fits" and .status == "fail"))' both.json >without.json
expect 4 albs-notarize verify --log-key "$key" without.json

# A log of before.
old="$ALBS_SOURCE/tests/data/ledger"
expect 0 albs-notarize verify --log-key "$old/tests-one-by-one.vkey" "$old/tests-one-by-one.json"
[ "$(grep -c '^verified test ' "$out")" = 3 ] || fail 'old statements do not hold'
jq -c '.stages = [] | .tests[0].status = "skip"' "$old/tests-one-by-one.json" >changed.json
expect 4 albs-notarize verify --log-key "$old/tests-one-by-one.vkey" changed.json
jq -c '.stages = [] | del(.tests[0])' "$old/tests-one-by-one.json" >changed.json
expect 4 albs-notarize verify --log-key "$old/tests-one-by-one.vkey" changed.json
