# SPDX-License-Identifier: GPL-3.0-or-later
# unsign of files that others signed, in their ways: the right bytes, or status 1 and none; with the digest that was
# recorded, the right bytes. And files with little room for signatures can be signed, and given back.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key large rsa4096
build_packages tiny
built=$work/built/tiny-1-1.noarch.rpm
with() {
    with_home=$1 with_key=$2
    shift 2
    rpmsign "$@" --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/$with_home" --define "_gpg_name $with_key" \
        >/dev/null 2>&1 || fail "rpmsign $*"
}
# restored FILE: 0 and the built bytes.
restored() {
    expect 0 albs-sign unsign "$1"
    same "$out" "$built"
}
# recorded FILE: a manifest that says from what it was signed.
recorded() {
    jq -cn --arg signed "$(sha256sum <"$1" | cut -c1-64)" --arg built "$(sha256sum <"$built" | cut -c1-64)" \
        --argjson size "$(stat -c %s "$1")" '{schema: "albs.manifest/1", artifacts: [{sha256: $signed, size: $size,
            name: "tiny-1-1.noarch.rpm", kind: "rpm", rpm: null, unsigned: $built}]}' >recorded.json
}
cp "$built" once.rpm && with gpg-signer "$signer_key" --addsign once.rpm
restored once.rpm
cp "$built" large.rpm && with gpg-large "$large_key" --addsign --rpmv3 large.rpm
restored large.rpm
# Signed again with a key of another size: rpm takes from what the first one left.
cp "$built" again.rpm && with gpg-large "$large_key" --addsign again.rpm && with gpg-signer "$signer_key" --resign again.rpm
if albs-sign unsign -o again.out again.rpm 2>"$err"; then
    same again.out "$built"
else
    expect 1 albs-sign unsign again.rpm
    expect_empty_stdout
    expect_stderr 'again.rpm: not provable: '
    expect 1 albs-sign unsign -o none.rpm again.rpm
    [ ! -e none.rpm ] || fail 'a file of nothing was written'
    # The others of a run are given back all the same.
    expect 1 albs-sign unsign --output some again.rpm once.rpm
    same some/once.rpm "$built"
    [ ! -e some/again.rpm ] || fail 'what is not proven was written'
    recorded again.rpm
    expect 0 albs-sign unsign --manifest recorded.json again.rpm
    same "$out" "$built"
fi
# The header grown, and the room as it was: so did older signers of other build systems.
tags() { python3 -B "$ALBS_SOURCE/tests/fixture/signature_tags.py" "$@" || fail "signature_tags.py $*"; }
signature=$(tags once.rpm - get 268)
tags "$built" grown.rpm add 268 7 $((${#signature} / 2)) "$signature"
rpmkeys --define '_pkgverify_level digest' --checksig --nosignature grown.rpm >/dev/null 2>&1 || fail 'the package is broken'
[ "$(stat -c %s grown.rpm)" -gt "$(stat -c %s "$built")" ] || fail 'its header has not grown'
restored grown.rpm

# Room for 512 bytes, and a signature of more.
rm -rf built rpm
echo '%__gpg_reserved_space 512' >>"$HOME/.rpmmacros"
build_packages little
built_manifest >built.json
albs-notarize init --origin log.example.org >/dev/null 2>"$err" || fail 'no ledger'
expect_from 0 built.json albs-notarize -q
cp "$out" notarized.json
expect_from 0 notarized.json albs-sign -q --key "$large_key" --gnupghome gpg-large --output signed
cp "$out" signed.json
built=$work/built/little-1-1.noarch.rpm
cp "$built" theirs.rpm && with gpg-large "$large_key" --addsign theirs.rpm
[ "$(stat -c %s theirs.rpm)" = "$(stat -c %s signed/little-1-1.noarch.rpm)" ] || fail 'rpmsign makes it of another size'
expect 0 albs-sign unsign --manifest signed.json signed/little-1-1.noarch.rpm
same "$out" "$built"
expect 1 albs-sign unsign signed/little-1-1.noarch.rpm
expect_empty_stdout
