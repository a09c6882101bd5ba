# SPDX-License-Identifier: GPL-3.0-or-later
# A change of status that is the last entry of a tile, the first of the next, or behind two full ones is found in the
# log, and its bundle beside the file is proven at that size, and still is when the log has grown past it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo hello >image.iso
expect 0 albs-notarize files image.iso
cp "$out" image.json
digest=$(sha256sum <image.iso | cut -d' ' -f1)
make_files 512
have=1
word=valid
for size in 255 256 257 512 513; do
    set --
    while [ $((have + 1)) -lt $size ]; do
        set -- "$@" files/$have
        have=$((have + 1))
    done
    [ $# = 0 ] || expect 0 albs-notarize files "$@"
    [ $word = valid ] && word=revoked || word=valid
    expect 0 albs-notarize mark --status $word --reason "at $size" "$digest"
    have=$((have + 1))
    expect_stdout "^log.example.org#$((size - 1))$"
    [ "$(sed -n 2p "$ALBS_LEDGER/checkpoint")" = $size ] || fail "the log has not $size entries"
    [ $word = revoked ] && verdict="1 ^revoked" || verdict="0 ^verified"
    expect "${verdict% *}" albs-notarize verify --require-status --log-key "$key" --ledger "$ALBS_LEDGER" image.json
    expect_stdout "${verdict#* } image.iso"
    expect_from 0 image.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" at-$size
    cp image.iso at-$size
    echo "$verdict" >at-$size/verdict
    # Every bundle there is proven by the tree of this size, whatever tile its entry is in.
    for bundle in at-$size/*.sigstore.json; do
        jq -r '.verificationMaterial.tlogEntries[0] | .inclusionProof | .treeSize + " " + .logIndex' "$bundle"
    done >proven
    ! grep -v "^$size " proven || fail 'proven by another tree'
    grep -q "^$size $((size - 1))$" proven || fail 'the new status is not beside the file'
    grep -q "^$size 0$" proven || fail 'the record is not beside the file'
done
for size in 255 256 257 512 513; do
    verdict=$(cat at-$size/verdict)
    expect "${verdict% *}" albs-notarize verify --log-key "$key" at-$size/image.iso
    expect_stdout "${verdict#* } at-$size/image.iso"
    # The log itself has the last word, and knows the older proofs' trees for its own beginnings.
    expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" at-$size/image.iso
    expect_stdout "^revoked at-$size/image.iso"
    # A status bundle whose proof is of another width is tamper.
    for bundle in at-$size/image.iso.status*.sigstore.json; do
        cp "$bundle" kept
        jq -c '.verificationMaterial.tlogEntries[0].inclusionProof.hashes |= .[:-1]' kept >"$bundle"
        expect 4 albs-notarize verify --log-key "$key" at-$size/image.iso
        expect_empty_stdout
        cp kept "$bundle"
    done
done
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
