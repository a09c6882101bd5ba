# SPDX-License-Identifier: GPL-3.0-or-later
# The log says of each released repository, in SLSA's own terms, who checked it, when, by which policy, and that it
# passed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release --to repo --name demo:9 --key "$key"
cp "$out" released.json
expect_from 0 released.json albs-notarize
cp "$out" recorded.json
envelopes="$ALBS_WORKSPACE/ledger/attestations/000.intoto.jsonl"
expect 0 python3 "$ALBS_SOURCE/tests/valid_slsa.py" "$envelopes"
expect_stdout '^3 https://slsa.dev/verification_summary/v1$'
repomd=$(sha256sum <"repo/$arch/os/repodata/repomd.xml" | cut -d' ' -f1)
jq -c --arg repomd "$repomd" '.payload | @base64d | fromjson | select(.subject[0].digest.sha256 == $repomd)' \
    "$envelopes" >statement.json
[ "$(wc -l <statement.json)" = 1 ] || fail 'not one statement about the repository'
published=$(jq -r --arg repomd "$repomd" '.releases[] | select(.repomd_sha256 == $repomd) | .published' released.json)
cp statement.json "$out"
expect_json .predicateType https://slsa.dev/verification_summary/v1
expect_json '.predicate.verifier.id' https://example.org/log/albs-release
expect_json '.predicate.timeVerified' "$published"
expect_json '.predicate.resourceUri | startswith("https://example.org/log/albs-release/demo:9/'"$arch"'/os/")'
expect_json '.predicate.policy.uri' https://build.almalinux.org/attestation/release-gates/v1
expect_json '.predicate.verificationResult + " " + (.predicate.verifiedLevels | join(" "))' 'PASSED SLSA_BUILD_LEVEL_0'
# Its subjects are the metadata and every package in it.
for file in hello-1.0-1.$arch hello-doc-1.0-1.noarch; do
    digest=$(sha256sum <"repo/$arch/os/Packages/h/$file.rpm" | cut -d' ' -f1)
    expect_json "[.subject[] | select(.name == \"$arch/os/Packages/h/$file.rpm\") | .digest.sha256] | join(\" \")" \
        "$digest"
done
expect_json '.subject | length' 3
expect 0 albs-notarize verify --log-key "$ALBS_WORKSPACE/ledger/log.vkey" recorded.json
