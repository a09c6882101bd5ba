# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# Cosign checks our bundles with nothing but the exported files, without a network; and refuses what was changed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_tool cosign github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3
alone=
if unshare -n true 2>/dev/null; then alone='unshare -n'; elif unshare -rn true 2>/dev/null; then alone='unshare -rn'; fi
[ -n "$alone" ] || echo 'note: no unshare -n here; cosign could reach the network'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo hello >image.iso
expect 0 albs-notarize files image.iso
cp "$out" image.json
expect_from 0 image.json albs-notarize export --log-key "$key" proofs
check() {
    # shellcheck disable=SC2086 # alone is a command and its option
    $alone "$tool_path" verify-blob-attestation --key proofs/statement.pub --trusted-root proofs/trusted_root.json \
        --type https://build.almalinux.org/attestation/file/v1 --bundle "$1" "$2"
}
expect 0 check proofs/image.iso.sigstore.json image.iso
expect_stderr 'Verified OK'
echo changed >other.iso
check proofs/image.iso.sigstore.json other.iso >"$out" 2>"$err" && fail 'cosign took another file'
jq -c '.verificationMaterial.tlogEntries[0].inclusionProof.checkpoint.envelope |= sub("\n1\n"; "\n2\n")' proofs/image.iso.sigstore.json >bad.json
check bad.json image.iso >"$out" 2>"$err" && fail 'cosign took a changed checkpoint'
jq -c '.verificationMaterial.tlogEntries = []' proofs/image.iso.sigstore.json >bare.json
check bare.json image.iso >"$out" 2>"$err" && fail 'cosign took a bundle without its log entry'

# A package's provenance is SLSA's.
expect_from 0 "$manifest" albs-notarize
cp "$out" built.json
expect_from 0 built.json albs-notarize export --log-key "$key" built
jq -r '.dsseEnvelope.payload' built/p1-1-1.x86_64.rpm.sigstore.json | base64 -d | jq -e '.predicateType == "https://slsa.dev/provenance/v1"' >/dev/null ||
    fail 'no SLSA provenance'
exit 0
