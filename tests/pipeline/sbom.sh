# SPDX-License-Identifier: GPL-3.0-or-later
# The SBOM of a real pipe: valid, true to the signed files, and proved by the log's key with no network at all; one byte
# changed in a released package is told.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/pipe.sh"
pipe_setup
export key
expect 0 sh -c 'albs-fetch "file://$PWD/distgit#main" | albs-notarize | albs-build | albs-test | albs-notarize |
    albs-sign --key "$key" | albs-notarize | albs-release --to repo --key "$key" | albs-notarize'
cp "$out" end.json
jq -r '.releases[] | .repository as $where | .packages[] | $where + "/" + .path' end.json | sed 's|^|repo/|' |
    sort -u >released
isolated=
unshare -rn true 2>/dev/null && isolated='unshare -rn'
for format in cyclonedx spdx; do
    # shellcheck disable=SC2086 # words
    expect 0 $isolated albs-sbom --format $format --distro almalinux-9 --author Builds end.json -o "$format.json"
    cp ws/ledger/log.vkey key
    # shellcheck disable=SC2046,SC2086 # words
    expect 0 $isolated albs-sbom verify "$format.json" $(cat released) --log-key key --workspace none
    expect_stdout ' 0 missing, 0 false$'
    # shellcheck disable=SC2046,SC2086 # words
    expect 0 $isolated albs-sbom verify --report json "$format.json" $(cat released) --log-key key --workspace none
    expect_json '[.findings[] | select(.answer == "true" and (.statement | startswith("log entry signature")))] | length' "$(wc -l <released)"
    expect_json '[.findings[] | select(.statement == "albs:signature:key").answer] | unique | join(" ")' true
    expect_json '[.findings[] | select(.statement == "file")] | length' 0
done
if python3 -c 'import jsonschema' 2>"$err"; then
    expect 0 python3 "$ALBS_SOURCE/tests/valid_cyclonedx.py" cyclonedx.json
    expect 0 python3 "$ALBS_SOURCE/tests/valid_spdx.py" spdx.json
fi
victim=$(head -n 1 released)
chmod u+w "$victim"
printf '\377' | dd of="$victim" bs=1 seek=$(($(stat -c %s "$victim") - 9)) conv=notrunc 2>/dev/null
expect 1 albs-sbom verify cyclonedx.json "$victim" --workspace none
expect_stdout '^false	'
