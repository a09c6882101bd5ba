# SPDX-License-Identifier: GPL-3.0-or-later
# A task may list the very source package that it started from, and the log then says of it that the task made it: the
# document says so too, and what the log says of a signed source package is true.
. "$ALBS_SOURCE/tests/lib.sh"
command -v rpmbuild >/dev/null || skip 'no rpmbuild'
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package tiny 1 signed.json
log_key=$ALBS_WORKSPACE/ledger/log.vkey
for format in cyclonedx spdx; do
    expect 0 albs-sbom --format $format signed.json -o doc.json
    expect 0 albs-sbom verify doc.json --log-key "$log_key"
    expect_stdout ' 0 missing, 0 false$'
    expect 0 albs-sbom verify --report json doc.json --log-key "$log_key"
    expect_json '[.findings[] | select(.answer == "true" and (.package | test("src")) and
        (.statement | startswith("log entry build")))] | length' 1
    # Another task is still told.
    jq '(.. | strings | select(test("^(albs:build:task=)?tiny@.*/host/"))) |= sub("/host/"; "/other/")' doc.json >changed.json
    expect 1 albs-sbom verify changed.json --log-key "$log_key"
    expect_stdout "^false	.*src.*	albs:build:task	the log says 'tiny@"
done
# The same bytes from two tasks, as of a noarch package that was built for two architectures: each has its statement.
manifest_of tiny 1 >one.json
jq -c '.tasks += [.tasks[0] | .id |= sub("host"; "other") | .platform = "other" | .artifacts |= map(. as $one | select(
    any($m[0].artifacts[]; .sha256 == $one and .rpm.arch == "noarch")))]' --slurpfile m one.json one.json |
    albs-notarize -q >two.json 2>"$err" || fail 'two.json'
expect 0 albs-sbom two.json -o doc.json
expect 0 albs-sbom verify doc.json --log-key "$log_key"
expect_stdout ' 0 missing, 0 false$'
