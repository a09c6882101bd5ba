# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# Sigsum's own library (in Rust) verifies what a log of the sigsum profile exports: with the files that export writes,
# with a live witness asked for, and not when anything was changed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
. "$ALBS_SOURCE/tests/interop/witness.inc"
rust_program sigsum_verify
verifier="$tool_path"
expect 0 albs-notarize init --profile sigsum --ledger "$work/ledger"
export ALBS_LEDGER="$work/ledger"
key="$ALBS_LEDGER/log.vkey"
hex() { od -An -v -tx1 | tr -d ' \n'; }
# sigsum DIR NAME [FILE]: their verdict on our proof.
sigsum() {
    cut -d' ' -f2 "$1/statement.pub" | base64 -d | tail -c 32 | hex >key.hex
    "$verifier" key.hex "$1/sigsum.policy" "$1/$2.sigsum" "${3:-$1/$2.intoto.json}"
}
accepted() {
    expect 0 sigsum "$@"
    expect_stdout '^OK$'
}
refused() {
    expect 1 sigsum "$@"
    expect_stderr '^refused: '
}

# (Of a tree of one leaf, whose proof has no path, this library knows nothing.)
echo hello >image.iso
expect 0 albs-notarize files image.iso
cp "$out" image.json
expect 0 albs-notarize export --log-key "$key" lone image.json
expect_from 0 "$ALBS_SOURCE/tests/data/ledger/manifest.json" albs-notarize
cp "$out" built.json
expect 0 albs-notarize export --log-key "$key" proofs built.json
for file in proofs/*.sigsum; do
    name=$(basename "$file" .sigsum)
    accepted proofs "$name"
    refused proofs "$name" lone/image.iso.intoto.json
done
name=p1-1-1.x86_64.rpm

# Each line of a proof counts, and so do both keys.
changed() {
    rm -rf bad
    cp -a proofs bad
    sed "$1" "proofs/$2" >"bad/$2"
    cmp -s "proofs/$2" "bad/$2" && fail "sed '$1' changed nothing"
    refused bad $name
}
for line in log leaf root_hash signature node_hash; do
    changed "/^$line=/{s/0/@/;s/[1-9]/0/;s/@/1/}" $name.sigsum
done
changed 's/^size=7/size=6/' $name.sigsum
changed 's/^leaf_index=.*/leaf_index=0/' $name.sigsum
changed '$d' $name.sigsum
changed 's/^log ..../log 0000/' sigsum.policy
expect 0 albs-notarize init --profile sigsum --ledger "$work/other"
expect 0 albs-notarize files --ledger "$work/other" image.iso
cp "$out" other.json
expect 0 albs-notarize export --log-key other/log.vkey other-proofs other.json
rm -rf bad
cp -a proofs bad
cp other-proofs/statement.pub bad
refused bad $name

# A quorum of a live witness, whose cosignature goes into the proof.
go_tool litewitness filippo.io/torchwood/cmd/litewitness@v0.9.0
start_witness witness.example.org "$(sed -n 1p "$ALBS_LEDGER/checkpoint")" "$(cat "$key")"
printf 'log %s\nwitness w %s\ngroup g all w\nquorum g\n' "$(cat "$key")" "$(cat witness.example.org.vkey)" >policy
expect 0 albs-notarize witness --witness-key witness.example.org.vkey "$witness_url"
expect 0 albs-notarize export --policy policy --ledger "$ALBS_LEDGER" cosigned built.json
grep -q '^cosignature=' cosigned/$name.sigsum || fail 'no cosignature'
accepted cosigned $name
sed -i '/^cosignature=/d' cosigned/$name.sigsum
refused cosigned $name
