# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# SPDX's own validator, the CycloneDX library's strict validator, and the purl library have nothing to say against our
# documents.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
tools="${ALBS_INTEROP:-$ALBS_BUILD/interop}/sbom/bin"
[ -x "$tools/pyspdxtools" ] || skip "no validators in $tools: .ci/interop.d/sbom.sh installs them"
make_packages
make_manifest "$srpm" "$binary" "$data"
for choice in '' '--package greet' '--no-files' '--workspace none'; do
    # shellcheck disable=SC2086 # options
    expect 0 albs-sbom --author 'Builds <builds@example.org>' $choice build.json -o doc.cdx.json
    # shellcheck disable=SC2086 # options
    expect 0 albs-sbom --author 'Builds <builds@example.org>' $choice --format spdx build.json -o doc.spdx.json
    expect 0 "$tools/pyspdxtools" -i doc.spdx.json
    cat >read.py <<'EOF'
import json
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL

text = open("doc.cdx.json").read()
error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
assert error is None, error
licensing = get_spdx_licensing()

def walk(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from walk(inner)

purls = 0
for node in walk(json.loads(text)):
    if "purl" in node:
        purl = PackageURL.from_string(node["purl"])
        # The specification encodes '/' in values, this library does not; both read both.
        assert purl.to_string() == node["purl"].replace("%2F", "/"), node["purl"]
        purls += 1
    if "expression" in node:
        unknown = [key for key in licensing.unknown_license_keys(node["expression"]) if not key.startswith("LicenseRef-")]
        assert not unknown, unknown
assert purls
EOF
    expect 0 "$tools/python3" read.py
done
