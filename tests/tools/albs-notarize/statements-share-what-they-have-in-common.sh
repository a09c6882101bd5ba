# SPDX-License-Identifier: GPL-3.0-or-later
# What statements have in common is in the manifest once (albs-manifest(5), forms): 300 packages take less than 5 MB.
# Such manifests are verified, merged, renewed and exported like those that have every statement as a whole.
. "$ALBS_SOURCE/tests/lib.sh"
expect 0 albs-notarize init -q --origin log.example.org
key=.albs/ledger/log.vkey
python3 "$ALBS_SOURCE/tests/fixture/many_packages.py" 30 >bare.json
expect_from 0 bare.json albs-notarize
cp "$out" m.json
bytes=$(wc -c <m.json)
[ $((bytes * 10)) -lt 5000000 ] || fail "30 packages take $bytes bytes"
expect_json '[.notarizations[] | select(.form != null)] | length == 180'
expect_json '.forms | length' 34
expect_json '[.notarizations[] | select(.kind == "test") | .statement.predicate.passedTests] | unique' '[
  null
]'
expect 0 albs-notarize verify --log-key "$key" m.json
cp "$out" verified
[ "$(grep -c '^verified' verified)" -gt 180 ] || fail 'not everything is verified'

# The bundles have the statements as they are in the log.
expect_from 0 m.json albs-notarize export --log-key "$key" exported
jq -r '.dsseEnvelope.payload | @base64d' exported/package-7.log.sigstore.json >statement
jq -r '.payload | @base64d' .albs/ledger/attestations/*.intoto.jsonl >statements
grep -qxFf statement statements || fail 'the ledger has another statement'
grep -q '"buildType"' statement || fail 'what is in the form is lacking'

# With statements that share nothing it is one manifest, in either order, and the first stays as it is.
python3 "$ALBS_SOURCE/tests/fixture/complete_notarizations.py" <m.json >complete.json
# Recorded in two parts: each has forms of its own.
python3 "$ALBS_SOURCE/tests/fixture/many_packages.py" 20 >part.json
expect_from 0 part.json albs-notarize
expect_json '.forms | length == 24'
jq -c '.stages = []' "$out" >part-recorded.json
[ "$(jq '[.forms[].id]' part-recorded.json)" != "$(jq '[.forms[].id][:24]' m.json)" ] || fail 'the same forms'
jq -c 'INDEX(.forms[]; .id) as $forms | .stages = [] | .forms = [] | .notarizations |= map(
    if .form then .statement = $forms[.form].statement * .statement | del(.form) else . end)' m.json >plain.json
for other in complete.json part-recorded.json plain.json; do
    for order in "m.json $other" "$other m.json"; do
        # shellcheck disable=SC2086 # words
        cat $order >both.json
        expect_from 0 both.json albs-notarize
        expect_json '.notarizations | length' 181
        cp "$out" merged.json
        expect 0 albs-notarize verify --log-key "$key" merged.json
        same "$out" verified
    done
done

# Renewed after the key was changed and the old one dropped.
expect 0 albs-notarize rotate-key
expect 0 albs-notarize rotate-key --drop-old
expect 1 albs-notarize verify --log-key "$key" m.json
expect_from 0 m.json albs-notarize prove --ledger .albs/ledger --log-key "$key"
cp "$out" renewed.json
expect 0 albs-notarize verify --log-key "$key" renewed.json
same "$out" verified

# A form that is lacking: what cannot be proved is absent. A changed one, or what was changed besides: status 4.
jq -c '.stages = [] | del(.forms[0])' renewed.json >lacking.json
expect 1 albs-notarize verify --log-key "$key" lacking.json
expect_stdout '^absent source package-'
expect_stderr "but the manifest lacks the form '[0-9a-f]\{12\}' of its statement"
jq -c '.stages = [] | .forms[0].statement._type = "x"' renewed.json >changed.json
expect 4 albs-notarize verify --log-key "$key" changed.json
expect_empty_stdout
expect_stderr "the statement of form '.*' has another digest"
jq -c '.stages = [] | .notarizations[3].statement.predicate.albs_binding.commit = "x"' renewed.json >changed.json
expect 4 albs-notarize verify --log-key "$key" changed.json
expect_empty_stdout
expect_stderr "notarization 'log.example.org#3'"
expect 4 albs-notarize verify --log-key "$key" renewed.json changed.json
expect_stderr "two records of notarizations 'log.example.org#3' contradict each other in 'statement.predicate.albs_binding.commit'"
