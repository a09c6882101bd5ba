# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest becomes CycloneDX 1.6 and SPDX 2.3 that say where each package comes from, what it is and what it needs.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"

expect_from 0 build.json albs-sbom
expect_no_stderr
cp "$out" build.cdx.json
package() { echo ".components[] | select(.bom-ref | startswith(\"rpm:$1\"))" | sed 's/\.bom-ref/."bom-ref"/'; }
expect_json '.components | length' 3
expect_json '.metadata.timestamp' 2023-11-14T22:14:20Z
greet=$(package 'greet-1:')'| select(.purl | contains("arch=src") | not)'
expect_json "$greet | .purl" \
    "pkg:rpm/almalinux/greet@1.2~rc1%2Bgit%5E3-4.el9?arch=$(uname \
        -m)&distro=almalinux-9&epoch=1&upstream=greet-1.2~rc1%2Bgit%5E3-4.el9.src.rpm"
expect_json "$greet | .hashes[] | select(.alg == \"SHA-256\").content" "$(sha "$binary")"
expect_json "$greet | .hashes[] | select(.alg == \"SHA-512\").content" "$(sha512sum "$binary" | cut -d ' ' -f 1)"
expect_json "$greet | .licenses[0].expression" 'GPL-3.0-or-later AND MIT'
expect_json "$greet | .pedigree.ancestors[0].hashes[0].content" "$(sha "$srpm")"
expect_json "$greet | .pedigree.commits[0].uid" 0123456789abcdef0123456789abcdef01234567
expect_json "$greet | [.components[].name] | index(\"/usr/bin/greet\") != null and index(\"tinylib\") != null"
expect_json "$greet | [.properties[] | select(.name == \"albs:rpm:requires:unresolved\").value] | index(\"nobody-provides-this >= 3\") != null"
# The subpackage is needed and there; the words of its licence that SPDX does not know are a reference.
expect_json '[.dependencies[] | select(.dependsOn[]? | startswith("rpm:greet-data-"))] | length' 2
expect_json "$(package greet-data-) | .licenses[0].expression" 'GPL-2.0-or-later AND LicenseRef-BSD'
# Source packages are src whatever machine made them, and hold their sources and patches.
source=$(package 'greet-1:')'| select(.purl | contains("arch=src"))'
expect_json "$source | [.components[].name] | sort | join(\" \")" 'greet-1.2.txt greet-CVE-2024-12345.patch greet.spec'
expect_json "$source | .pedigree.patches[0].resolves[0].id" CVE-2024-12345
expect_json '.formulation[0].workflows[0] | .taskTypes[0] + " " + (.outputs | length | tostring)' 'build 2'

expect_from 0 build.json albs-sbom --format spdx
expect_no_stderr
cp "$out" build.spdx.json
expect_json '[.relationships[].relationshipType] | unique | join(" ")' \
    'CONTAINS DEPENDS_ON DESCRIBES GENERATED_FROM PATCH_FOR'
expect_json '[.relationships[] | select(.relationshipType == "GENERATED_FROM")] | length' 2
expect_json '.hasExtractedLicensingInfos[0] | .licenseId + ": " + .extractedText' 'LicenseRef-BSD: GPLv2+ and BSD'
expect_json '.packages[] | select(.name == "greet" and (.SPDXID | contains("src"))) | .downloadLocation' \
    'git+https://git.example.org/rpms/greet.git@0123456789abcdef0123456789abcdef01234567'

expect_from 0 build.json albs-sbom --format intoto
expect_json '._type + " " + .predicateType' 'https://in-toto.io/Statement/v1 https://slsa.dev/provenance/v1'
expect_json '[.subject[].digest.sha256] | sort | join(" ")' "$(printf '%s\n%s\n' "$(sha "$binary")" "$(sha "$data")" |
    sort | paste -sd ' ')"
expect_json '[.predicate.buildDefinition.resolvedDependencies[].digest | keys[]] | unique | join(" ")' \
    'gitCommit sha256 sha512'
