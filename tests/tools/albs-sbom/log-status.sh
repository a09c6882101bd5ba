# SPDX-License-Identifier: GPL-3.0-or-later
# What the log said later of a package comes with the document: revoked is told, valid again is not held against it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"
log_has_it
# mark STATUS REASON: into the log, the manifest and the documents.
mark() {
    expect 0 albs-notarize mark --status "$1" --reason "$2" "$(sha "$data")"
    expect 0 albs-notarize build.json -o marked.json
    for format in cyclonedx spdx; do
        expect 0 albs-sbom --format $format marked.json -o $format.json
    done
}
mark revoked 'built by a broken compiler'
for format in cyclonedx spdx; do
    expect 1 albs-sbom verify $format.json --log-key .albs/ledger/log.vkey --workspace none
    expect_stdout '^false	greet-data-.*	log status	entry [0-9]* of the log says that it is revoked: built by a broken compiler$'
    expect_stdout ' 0 missing, 1 false$'
done
mark valid 'the compiler was fine'
for format in cyclonedx spdx; do
    expect 0 albs-sbom verify $format.json --log-key .albs/ledger/log.vkey --workspace none
    expect_stdout ' 0 missing, 0 false$'
done
# Moved to another package it is no word on that, and not lost in silence.
jq '(.components[] | select(.purl // "" | contains("greet-data")) | .properties) as $all
    | ($all | map(select((.name == "albs:notarization:proof") and (.value | contains("\"kind\":\"status\""))))) as $words
    | (.components[] | select(.purl // "" | contains("/greet@")) | .properties) += $words' cyclonedx.json >moved.json
expect 1 albs-sbom verify moved.json --log-key .albs/ledger/log.vkey --workspace none
expect_stdout 'log entry status .*	a change of status of something else$'
# While the log changes its key, its file has two lines.
expect 0 albs-notarize rotate-key
expect 0 albs-sbom verify cyclonedx.json --log-key .albs/ledger/log.vkey --workspace none

# What was revoked after the document was written is in the log only: the document alone cannot tell, and says so, also
# with -q; with the log, or a copy of it, it can. Of the source package, too.
for revoked in "$data" "$srpm"; do
    expect 0 albs-notarize mark --reason 'found later' "$(sha "$revoked")"
    cp -a .albs/ledger copy
    for format in cyclonedx spdx; do
        expect 0 albs-sbom verify -q $format.json --log-key .albs/ledger/log.vkey --workspace none
        expect_stderr 'revocations were not looked for in the log (no --ledger)'
        for log in .albs/ledger copy; do
            expect 1 albs-sbom verify -q $format.json --log-key .albs/ledger/log.vkey --ledger $log --workspace none
            expect_stdout '^false	greet-data-.*	log status	entry [0-9]* of the log says that it is revoked: found later$'
            expect_no_stderr
        done
    done
    rm -rf copy
    expect 0 albs-notarize mark --status valid --reason 'not so' "$(sha "$revoked")"
    expect 0 albs-sbom verify -q cyclonedx.json --log-key .albs/ledger/log.vkey --ledger .albs/ledger --workspace none
done
expect 2 albs-sbom verify cyclonedx.json --ledger .albs/ledger --workspace none
expect_stderr 'give it with --log-key FILE or --policy FILE'
expect 3 albs-sbom verify cyclonedx.json --log-key .albs/ledger/log.vkey --ledger nowhere --workspace none
expect_stderr "no log at 'nowhere'"
