# SPDX-License-Identifier: GPL-3.0-or-later
# Every statement is held against the files: a document or a package that was changed is false, never absent.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"
for format in cyclonedx spdx; do
    expect 0 albs-sbom --format $format build.json -o doc.json
    expect 0 albs-sbom verify doc.json rpms/*.rpm --workspace none
    expect_no_stderr
    expect_stdout '3 packages: .* true, .* unprovable, 0 missing, 0 false$'
    expect 0 albs-sbom verify doc.json # the store has them
    expect_stdout ' 0 missing, 0 false$'
    # A digest, a licence, a need, a file of the package: whatever is changed is told, also when the number fits.
    jq '(.. | strings | select(. == "GPL-3.0-or-later AND MIT")) |= "MIT"' doc.json >changed.json
    expect 1 albs-sbom verify changed.json rpms/*.rpm --workspace none
    expect_stdout '^false	document	id	'
    expect_stdout "^false	greet-1:.*	licence	the document says 'MIT', the file says 'GPL-3.0-or-later AND MIT'"
    jq '(.. | strings | select(test("nobody-provides-this"))) |= sub("nobody-provides-this >= 3"; "somebody")' \
        doc.json >changed.json
    expect 1 albs-sbom verify changed.json rpms/*.rpm --workspace none
    expect_stdout '^false	greet-.*	albs:rpm:requires:unresolved	'
    jq "(.. | strings | select(. == \"$(sha512sum "$data" |
        cut -d ' ' -f 1)\")) |= \"$(printf 'f%.0s' $(seq 128))\"" doc.json >changed.json
    expect 1 albs-sbom verify changed.json "$data" --workspace none
    expect_stdout '^false	greet-data-.*	SHA-512	'
    # What the file says and the document does not is missing.
    jq 'del(.. | .licenses?, .licenseDeclared?)' doc.json >changed.json
    expect 1 albs-sbom verify changed.json "$binary" --workspace none
    expect_stdout '^missing	greet-.*	licence	'
    # A package with one byte of its payload, and one with a byte of its header changed.
    mkdir -p bad
    cp "$binary" bad/
    printf '\377' |
        dd of="bad/$(basename "$binary")" bs=1 seek=$(($(stat -c %s "$binary") - 9)) conv=notrunc 2>/dev/null
    expect 1 albs-sbom verify doc.json bad/*.rpm --workspace none
    expect_stdout "^false	greet-.*	SHA-256	the document says '$(sha "$binary")'"
    cp "$binary" bad/
    printf '\377\377' | dd of="bad/$(basename "$binary")" bs=1 seek=4000 conv=notrunc 2>/dev/null
    expect 1 albs-sbom verify doc.json bad/*.rpm --workspace none
    expect_stdout '^false	'
done
# A file that the document does not describe.
expect 0 albs-sbom --package greet-data build.json -o part.json
expect 1 albs-sbom verify part.json "$binary" --workspace none
expect_stdout "^missing	$(basename "$binary" | sed 's/[+^]/./g')	description	the document does not describe this file"
expect 1 albs-sbom verify --report json part.json "$binary" --workspace none
expect_json '.schema + " " + .verdict' 'albs.sbom-verification/1 no'
expect_json '.findings | map(select(.answer == "missing")) | length' 1
# Nothing to verify against is no yes.
expect 2 albs-sbom verify part.json --workspace none
expect_empty_stdout
expect_stderr "^albs-sbom: error: nothing to verify 'part.json' against"
printf '{}' >none.json
expect 3 albs-sbom verify none.json "$binary"
expect_empty_stdout
expect_stderr "^albs-sbom: error: 'none.json': neither CycloneDX nor SPDX 2"
