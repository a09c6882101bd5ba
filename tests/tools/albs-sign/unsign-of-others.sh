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
python3 -B - "$built" once.rpm grown.rpm <<'END' || fail 'cannot make one'
import struct, sys
def header(blob, at):
    count, size = struct.unpack(">II", blob[at + 8:at + 16])
    entries = [struct.unpack(">IIII", blob[at + 16 + 16 * i:at + 32 + 16 * i]) for i in range(count)]
    return entries, blob[at + 16 + 16 * count:at + 16 + 16 * count + size], at + 16 + 16 * count + size
plain, signed = open(sys.argv[1], "rb").read(), open(sys.argv[2], "rb").read()
entries, store, end = header(plain, 96)
theirs, other, _ = header(signed, 96)
tag, kind, at, count = next(entry for entry in theirs if entry[0] in (267, 268))
entries = [entry for entry in entries if entry[0] != 62]
body, index = b"", []
pieces = {t: (k, store[a:], c) for t, k, a, c in entries}
ends = sorted(a for _, _, a, _ in entries) + [len(store) - 16]
for t, k, a, c in entries:
    pieces[t] = (k, c, store[a:min(e for e in ends if e > a)])
pieces[tag] = (kind, count, other[at:at + count])
for t in sorted(pieces):
    k, c, data = pieces[t]
    size = {3: 2, 4: 4, 5: 8}.get(k)
    if size:
        data = data[:size * c]
        body += b"\0" * (-len(body) % size)
    elif k == 7:
        data = data[:c]
    else:
        data = data[:data.index(b"\0") + 1]
    index.append((t, k, len(body), c))
    body += data
index.insert(0, (62, 7, len(body), 16))
body += struct.pack(">IIiI", 62, 7, -16 * len(index), 16)
made = plain[:96] + b"\x8e\xad\xe8\x01\0\0\0\0" + struct.pack(">II", len(index), len(body))
made += b"".join(struct.pack(">IIII", *entry) for entry in index) + body
made += b"\0" * (-len(made) % 8) + plain[(end + 7) // 8 * 8:]
open(sys.argv[3], "wb").write(made)
END
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
