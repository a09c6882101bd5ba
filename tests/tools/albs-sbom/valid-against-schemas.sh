# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever the input, the documents are valid: CycloneDX by its official schema, SPDX by the rules of its specification.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
python3 -c 'import jsonschema' 2>"$err" || skip 'no python3-jsonschema'
make_packages
make_manifest "$srpm" "$binary" "$data"
mv .albs store

number=0
# valid NAME OPTION...: both formats of build.json with these options.
valid() {
    number=$((number + 1))
    expect_from 0 build.json albs-sbom --author 'Builds <builds@example.org>' "$@" -o "$number.cdx.json"
    expect_from 0 build.json albs-sbom --author 'Example Builds' --format spdx "$@" -o "$number.spdx.json"
}
valid --workspace store
valid --workspace store --package greet
valid --workspace store --package greet-data --no-files --supplier 'Example, Inc.'
valid --workspace none # nothing but the manifest
cp build.json full.json
jq -c '.tasks = [] | .sources = []' full.json >build.json
valid --workspace store
jq -c '.tasks = [] | .sources = [] | .artifacts = []' full.json >build.json
valid
mkdir -p lock/sha256
jq -n '{packages: [{nevra: "bash-5.1-1.el9.x86_64", sha256: ("a" * 64), header_sha256: ("b" * 64)}, {nevra: "c++-1:2~3^4-5.noarch", sha256: ("c" * 64)}]}' >lock.json
lock=$(sha lock.json)
mkdir -p "store/store/sha256/$(printf %.2s "$lock")"
cp lock.json "store/store/sha256/$(printf %.2s "$lock")/$lock"
jq -c --arg lock "$lock" '.tasks[0].buildroot = $lock | .tasks[0].log = ("d" * 64) | .signatures = [] |
    .tests = [{id: (.artifacts[0].sha256 + "/install"), artifact: .artifacts[0].sha256, task: .tasks[0].id, name: "install", status: "pass", reason: null, log: null}]' full.json >build.json
valid --workspace store
[ "$(jq '.formulation[0].components | length' $number.cdx.json)" = 2 ] || fail 'the buildroot is not there'
expect 0 python3 "$ALBS_SOURCE/tests/valid_cyclonedx.py" ./*.cdx.json
expect 0 python3 "$ALBS_SOURCE/tests/valid_spdx.py" ./*.spdx.json
# The validators do refuse.
jq 'del(.components[0].type)' 1.cdx.json >bad.json
expect 1 python3 "$ALBS_SOURCE/tests/valid_cyclonedx.py" bad.json
jq '.relationships[0].relatedSpdxElement = "SPDXRef-nothing"' 1.spdx.json >bad.json
expect 1 python3 "$ALBS_SOURCE/tests/valid_spdx.py" bad.json
