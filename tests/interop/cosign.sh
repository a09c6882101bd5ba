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
echo first >first
echo hello >image.iso
echo third >third
expect 0 albs-notarize files first image.iso third
cp "$out" image.json
expect_from 0 image.json albs-notarize export --log-key "$key" proofs
# Both commands take a bundle with a statement: the file must be the statement's subject.
attestation() {
    # shellcheck disable=SC2086 # alone is a command and its option
    $alone "$tool_path" verify-blob-attestation --key "$3" --trusted-root "$4" \
        --type https://build.almalinux.org/attestation/file/v1 --bundle "$1" "$2"
}
blob() {
    # shellcheck disable=SC2086 # alone is a command and its option
    $alone "$tool_path" verify-blob --key "$3" --trusted-root "$4" --bundle "$1" "$2"
}
changed() { jq -c "$1" proofs/image.iso.sigstore.json >"$2"; }
changed . same.json
entry='.verificationMaterial.tlogEntries[0]'
changed "$entry.inclusionProof.checkpoint.envelope |= sub(\"\n3\n\"; \"\n2\n\")" checkpoint.json
changed '.verificationMaterial.tlogEntries = []' bare.json
# (A changed leaf is no matter to cosign, which makes it again from the statement.)
changed "$entry.inclusionProof.hashes[1] = $entry.inclusionProof.hashes[0]" path.json
changed "$entry.inclusionProof.hashes |= .[0:1]" short.json
changed "$entry.logIndex = \"0\"" index.json
changed '.dsseEnvelope.signatures[0].sig |= (.[0:20] + (if .[20:21] == "A" then "B" else "A" end) + .[21:])' \
    signature.json
changed '.dsseEnvelope.payload |= (@base64d | sub("image"; "other") | @base64)' payload.json
echo changed >other.iso
export ALBS_REMEMBER="$work/stranger.heads" # another log of that name
expect 0 albs-notarize init --origin log.example.org --ledger "$work/stranger"
expect 0 albs-notarize files --ledger "$work/stranger" image.iso
unset ALBS_REMEMBER
cp "$out" stranger.json
expect_from 0 stranger.json albs-notarize export --log-key stranger/log.vkey strange
public=proofs/statement.pub
root=proofs/trusted_root.json
for check in attestation blob; do
    expect 0 $check proofs/image.iso.sigstore.json image.iso $public $root
    expect_stderr 'Verified OK'
    expect 0 $check same.json image.iso $public $root
    expect 0 $check strange/image.iso.sigstore.json image.iso strange/statement.pub strange/trusted_root.json
    $check proofs/image.iso.sigstore.json other.iso $public $root >"$out" 2>"$err" && fail "$check took another file"
    $check proofs/image.iso.sigstore.json image.iso strange/statement.pub $root >"$out" 2>"$err" &&
        fail "$check took another key"
    $check proofs/image.iso.sigstore.json image.iso $public strange/trusted_root.json >"$out" 2>"$err" &&
        fail "$check took another log"
    for bad in checkpoint bare path short index signature payload; do
        cmp -s same.json $bad.json && fail "nothing changed in $bad.json"
        $check $bad.json image.iso $public $root >"$out" 2>"$err" && fail "$check took a bundle with a changed $bad"
    done
done

# After a change of keys, what was recorded before, between and after; the log's keys are all in the root.
expect 0 albs-notarize rotate-key
cp "$key" both.vkey
echo fourth >fourth
expect 0 albs-notarize files fourth
cp "$out" fourth.json
expect 0 albs-notarize rotate-key --drop-old
echo fifth >fifth
expect 0 albs-notarize files fifth
cp "$out" fifth.json
expect 0 albs-notarize export --log-key both.vkey rotated image.json fourth.json fifth.json
for row in 'image.iso statement.pub' 'fourth statement.2.pub' 'fifth statement.2.pub'; do
    expect 0 blob "rotated/${row% *}.sigstore.json" "${row% *}" "rotated/${row#* }" rotated/trusted_root.json
done
blob rotated/fifth.sigstore.json fifth rotated/statement.pub rotated/trusted_root.json >"$out" 2>"$err" &&
    fail 'an old statement key held'

# A package's provenance is SLSA's.
expect_from 0 "$manifest" albs-notarize
cp "$out" built.json
expect_from 0 built.json albs-notarize export --log-key "$key" built
jq -r '.dsseEnvelope.payload' built/p1-1-1.x86_64.rpm.sigstore.json | base64 -d |
    jq -e '.predicateType == "https://slsa.dev/provenance/v1"' >/dev/null ||
    fail 'no SLSA provenance'
exit 0
