# SPDX-License-Identifier: GPL-3.0-or-later
# --waive publishes what could be waived and records the reason and each refusal; a missing signature cannot be waived.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
build_package hello 1.0
signed_of hello 1.0 "$key" | jq -c '.stages = [] | .tests = []' >untested.json
expect_from 0 untested.json albs-release --to repo --key "$key" --waive 'urgent fix'
expect_stderr "hello-1.0-1.$arch: waived: not tested"
os='.releases[] | select(.repository | endswith("/os"))'
expect_json "$os | .waived" 'urgent fix'
expect_json "$os | .waivers | join(\"; \")" \
    "hello-1.0-1.$arch: test: not tested; hello-doc-1.0-1.noarch: test: not tested"
expect_json '.releases[] | select(.repository == "source") | .waived' null

# Without a ledger nothing is notarized; only a waiver publishes then.
jq -c '.notarizations = []' untested.json >bare.json
rm -r "$ALBS_WORKSPACE/ledger"
expect_from 5 bare.json albs-release --to bare --key "$key"
expect_empty_stdout
expect_stderr 'log.vkey'
expect_stderr 'hint: .*--log-key'
expect_from 0 bare.json albs-release --to bare --key "$key" --waive 'no ledger yet'
expect_json "$os | .waivers[0]" "hello-1.0-1.$arch: notarization: there is no log key to check notarizations with"

jq -c '.signatures = [] | .notarizations = [] | .artifacts |= map(select(.unsigned == null))' untested.json \
    >unsigned.json
expect_from 1 unsigned.json albs-release --to none --key "$key" --waive 'try'
expect_stderr 'refused: not signed'
[ ! -e none ] || fail 'unsigned packages were published'
