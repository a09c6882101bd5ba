# SPDX-License-Identifier: GPL-3.0-or-later
# --waive GATE[:NEVRA]=REASON publishes what that gate refuses and records the reason and each refusal; a missing
# signature cannot be waived.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
build_package hello 1.0
signed_of hello 1.0 "$key" | jq -c '.stages = [] | .tests = []' >untested.json
expect_from 0 untested.json albs-release --to repo --key "$key" --waive 'test=urgent fix'
expect_stderr "hello-1.0-1.$arch: waived (urgent fix): not tested"
os='.releases[] | select(.repository | endswith("/os"))'
expect_json "$os | .waived" 'urgent fix'
expect_json "$os | .waivers | join(\"; \")" \
    "hello-1.0-1.$arch: test: not tested; hello-doc-1.0-1.noarch: test: not tested"
expect_json '.releases[] | select(.repository == "source") | .waived' null

jq -c '.notarizations = []' untested.json >bare.json
# A waiver of one gate does not open another, nor one for one package the gate for others.
refused() {
    refused_status=$1 refused_from=$2
    shift 2
    for waiver; do
        set -- "$@" --waive "$waiver"
        shift
    done
    expect_from "$refused_status" "$refused_from" albs-release -n --to none --key "$key" "$@"
}
refused 1 bare.json test=x notarization:hello-2.0-1.$arch=x
expect_stderr 'refused: the build is not notarized'
refused 1 untested.json downgrade=x "test:hello-1.0-1.$arch=x"
expect_stderr "hello-doc-1.0-1.noarch: refused: not tested"
expect_stderr 'warning: --waive downgrade: there was nothing to waive'
refused 0 untested.json "test:hello-debuginfo-1.0-1.$arch=z" test:hello-doc-1.0-1.noarch=x "test:hello-1.0-1.$arch=y"
refused 2 untested.json test=x signature=x
expect_stderr "names no gate that can be waived"
expect_stderr 'hint: .*GATE is build, arch, notarization, test, identity, downgrade, closure'

# Without a ledger nothing is notarized; only a waiver publishes then.
rm -r "$ALBS_WORKSPACE/ledger"
expect_from 5 bare.json albs-release --to bare --key "$key"
expect_empty_stdout
expect_stderr 'log.vkey'
expect_stderr 'hint: .*--log-key'
expect_from 0 bare.json albs-release --to bare --key "$key" --waive 'notarization=no ledger yet' \
    --waive 'test=no ledger yet'
expect_json "$os | .waivers[0]" "hello-1.0-1.$arch: notarization: there is no log key to check notarizations with"

jq -c '.signatures = [] | .notarizations = [] | .artifacts |= map(select(.unsigned == null))' untested.json \
    >unsigned.json
expect_from 1 unsigned.json albs-release --to none --key "$key" --waive 'test=try' --waive notarization=try
expect_stderr 'refused: not signed'
[ ! -e none ] || fail 'unsigned packages were published'
