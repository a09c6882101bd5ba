# SPDX-License-Identifier: GPL-3.0-or-later
# Who revokes an unsigned package, or the source package that it was built from, revokes the signed file: on every way to
# ask, and for the tools that sign and release. What was declared valid is valid again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
manifest_of hello 1.0 | albs-notarize -q >built.json
log="$ALBS_WORKSPACE/ledger"
key_file="$log/log.vkey"
file_of() { jq -r --arg name "hello-1.0-1.$arch.rpm" --argjson signed "$1" '[.artifacts[] | select(.name == $name and ((.unsigned != null) == $signed))][0].sha256' signed.json; }
signed=$(file_of true)
unsigned=$(file_of false)
source_package=$(jq -r '.sources[0].srpm' signed.json)
mkdir files
cp "$ALBS_WORKSPACE/store/sha256/$(echo "$signed" | cut -c1-2)/$signed" "files/hello-1.0-1.$arch.rpm"
file="files/hello-1.0-1.$arch.rpm"
verify() {
    wanted=$1
    shift
    expect "$wanted" albs-notarize verify --log-key "$key_file" "$@"
}
# A shipped file has its own proof under its own name.
expect_from 0 signed.json albs-notarize export --log-key "$key_file" --ledger "$log" files
verify 0 "$file"
expect_stdout "^verified $file$"
expect_stdout '^  signature example.org/log#'
verify 0 --require-status --ledger "$log" "$file"
cp -a files bare
rm bare/*.json bare/*.tlog-proof
for digest in "$signed" "$unsigned" "$source_package"; do
    expect 0 albs-notarize mark --reason 'a backdoor' "$digest"
    verify 1 --require-status --ledger "$log" "$file"
    expect_stdout "^revoked $file$"
    verify 1 --require-status --ledger "$log" "bare/hello-1.0-1.$arch.rpm"
    expect_stdout '^revoked bare/'
    verify 1 --ledger "$log" signed.json "$file"
    expect_stdout "^revoked $file$"
    verify 1 --ledger "$log" signed.json
    expect_stdout "^revoked hello-1.0-1.$arch.rpm $signed$"
    # The proofs of the change travel beside the file, too.
    if [ "$digest" != "$source_package" ]; then
        rm -rf beside
        expect_from 0 signed.json albs-notarize export --log-key "$key_file" --ledger "$log" beside
        cp "$file" beside
        verify 1 "beside/hello-1.0-1.$arch.rpm"
        expect_stdout '^revoked beside/'
    fi
    # Manifests of before: the workspace's ledger knows better.
    if [ "$digest" != "$signed" ]; then
        expect_from 1 built.json albs-sign --key "$key"
        expect_stderr "hello-1.0-1.$arch.*revoked"
        jq -c '.tests = [] | .stages = [] | .notarizations = []' built.json >untested.json
        expect_from 1 untested.json albs-test
        expect_stderr "hello-1.0-1.$arch.*not tested: entry [0-9]* of the log says that it is revoked: a backdoor"
        expect_json '[.tests[] | select(.artifact == "'"$unsigned"'")] | length' 0
    fi
    expect_from 1 signed.json albs-release --to "$work/repo" --key "$key"
    expect_stderr 'revoked'
    expect 0 albs-notarize mark --status valid --reason 'it was another one' "$digest"
    verify 0 --require-status --ledger "$log" "$file"
done
expect_from 0 signed.json albs-release --to "$work/repo" --key "$key"
