# SPDX-License-Identifier: GPL-3.0-or-later
# What was tested on two machines is merged: the same result is one record, another is an attempt of its own. That which
# finished later counts, in whatever order the manifests are read; but a test that was skipped here takes nothing away
# from one that was run there; and results for the tasks of two architectures stand side by side.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: both
Version: 1
Release: 1
Summary: The same for every architecture
License: MIT
BuildArch: noarch
%description
Both.
%install
mkdir -p %{buildroot}/usr/share/both
%files
/usr/share/both
SPEC
built_manifest rpms/both-1-1.noarch.rpm >built.json
albs-notarize init -q --origin example.org/log -o /dev/null || fail 'no ledger'
expect 0 albs-test built.json
cp "$out" here.json
# The same on a machine of another architecture, which built the very same package.
jq -c '.stages = [] | .tasks[0].arch = "s390x" | .tasks[0].id = "package@0123456789ab/host/s390x"' built.json >other.json
expect 1 albs-test other.json
cp "$out" there.json
expect 0 albs-notarize here.json there.json
expect_json '.artifacts | map(select(.kind == "rpm")) | length' 1
expect_json '.tasks | length' 2
expect_json '[.notarizations[] | select(.kind == "test")] | length' 2
cp "$out" merged.json
expect 0 albs-test merged.json

# change FILTER: the results of here, as another machine might have had them.
change() {
    jq -c ".stages = [] | (.tests[] | select(.name == \"install\")) |= ($1)" here.json
}
failed='.status = "fail" | .reason = "disk full"'
change "$failed" >failed.json
change "$failed | .finished = \"2020-01-01T00:00:00Z\"" >failed-before.json
change "$failed | .finished = \"2099-01-01T00:00:00Z\"" >failed-after.json
change '.status = "skip" | .reason = "not today"' >skipped.json
# counts STATUS FILE...: of the results in them, merged, those in force; nothing is tested anew without a task.
counts() {
    counts_status=$1
    shift
    expect 0 albs-notarize -q "$@"
    cp "$out" merged.json
    jq -c '.stages = [] | .tasks = []' merged.json >carried.json
    expect "$counts_status" albs-test carried.json
}
counts 1 here.json failed.json # in the same second
expect_json '[.tests[] | select(.name == "install") | .status] | join(" ")' 'pass fail'
counts 1 failed.json here.json
expect_json '[.tests[] | select(.name == "install") | .follows == null] | join(" ")' 'true false'
counts 0 here.json failed-before.json
counts 0 failed-before.json here.json
counts 1 here.json failed-after.json
counts 1 failed-after.json here.json
# Manifests of before do not say when a test was done: then the one that is read last counts.
for name in here failed; do
    jq -c '.stages = [] | .tests |= map(del(.finished))' $name.json >$name-old.json
done
counts 1 here-old.json failed-old.json
counts 0 failed-old.json here-old.json
counts 1 failed.json skipped.json
counts 1 skipped.json failed.json
counts 0 skipped.json here.json
counts 0 here.json skipped.json
# A run that comes to another result than the one that the manifest has adds it.
expect 0 albs-test skipped.json
expect_json '[.tests[] | select(.name == "install") | .status] | join(" ")' 'skip pass'
expect 0 albs-test failed.json
expect_json '[.tests[] | select(.name == "install") | .status] | join(" ")' 'fail pass'
# Also where the clock stands.
export SOURCE_DATE_EPOCH=1767225600
rm -rf .albs/tests
expect 0 albs-test here.json
cp "$out" again.json
expect_json '[.tests[] | select(.name == "install")] | length' 1
change "$failed | .finished = \"2026-01-01T00:00:00Z\"" >failed.json
expect 0 albs-test failed.json
expect_json '[.tests[] | select(.name == "install") | .finished >= "2026-01-01T00:00:01Z"] | join(" ")' 'false true'
