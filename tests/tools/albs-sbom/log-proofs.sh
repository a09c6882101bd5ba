# SPDX-License-Identifier: GPL-3.0-or-later
# With the log's key alone: every package must carry entries that hold and say what the document says.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"
log_has_it
for format in cyclonedx spdx; do
    expect 0 albs-sbom --format $format notarized.json -o doc.json
    # Nothing but the document and the key.
    expect 0 albs-sbom verify doc.json --log-key key --workspace none
    expect_stdout ' 0 missing, 0 false$'
    expect 0 albs-sbom verify doc.json rpms/*.rpm --log-key key --workspace none
    expect 0 albs-sbom verify --report json doc.json --log-key key --workspace none
    expect_json '[.findings[] | select(.answer == "true" and (.statement | startswith("log entry build"))).package] | length' 2
    expect_json '[.findings[] | select(.answer == "true" and (.statement | startswith("log entry source")))] | length' 1

    # changed FILTER PATTERN: that change is told from the log.
    changed() {
        jq "$1" doc.json >changed.json
        cmp -s doc.json changed.json && fail "'$1' changes nothing"
        expect 1 albs-sbom verify changed.json --log-key key --workspace none
        expect_stdout "$2"
    }
    commit=0123456789abcdef0123456789abcdef01234567
    other=1123456789abcdef0123456789abcdef01234567
    changed "(.. | strings | select(test(\"^(almalinux:albs:build:source:gitCommit=)?$commit\$\"))) |= sub(\"$commit\"; \"$other\")" \
        "^false	greet-.*	almalinux:albs:build:source:gitCommit	the log says '$commit', the document '$other'"
    changed "(.. | strings | select(. == \"$(sha "$data")\")) |= \"$(sha "$binary")\"" \
        "^false	greet-data-.*	log entry build example.org/log#[0-9]*	the log says SHA-256 $(sha "$data")"
    changed '(.. | strings | select(test("^(albs:rpm:nevra=)?greet-data-"))) |= sub("greet-data"; "grete-data")' \
        "^false	.*	albs:rpm:nevra	the log says 'greet-data-"
    changed '(.. | arrays) |= map(select((.name? // .comment? // "" | tostring) | startswith("albs:notarization") | not))' \
        '^missing	greet-.*	log proof	the document carries no log entry'
    changed '(.. | strings | select(test("albs.notarization.proof|\"proof\":"))) |= sub("\"entry\":\"[A-Za-z0-9]{4}"; "\"entry\":\"AAAA")' '^false	greet-.*	log entry '
done
# The key of another log, and a build that was not recorded.
XDG_STATE_HOME="$work/other.state" expect 0 albs-notarize init --ledger other --origin example.org/log
expect 1 albs-sbom verify doc.json --log-key other/log.vkey --workspace none
expect_stdout '^unprovable	greet-.*	.*log entry .*cannot be proved with this key'
expect_stdout '^missing	greet-.*	log proof of the build	'
expect 0 albs-sbom build.json -o unrecorded.json
expect 1 albs-sbom verify unrecorded.json rpms/*.rpm --log-key key
expect_stdout '^missing	greet-.*	log proof	'
expect 0 albs-sbom --no-proofs notarized.json
expect_json '[.. | objects | select(.name? == "albs:notarization:proof")] | length' 0
expect 3 albs-sbom verify doc.json --log-key doc.json
expect_empty_stdout
