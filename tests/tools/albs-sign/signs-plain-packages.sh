# SPDX-License-Identifier: GPL-3.0-or-later
# Packages that albs-build did not make are signed as rpmsign signs them, and become records that the ledger takes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
build_packages tiny other
sign() { albs-sign sign --key "$signer_key" --gnupghome gpg-signer "$@"; }
expect 0 sign --output signed built/*.rpm built/tiny-1-1.noarch.rpm
expect_stderr '^albs-sign: signed 4 packages$'
expect_json '[.artifacts[] | select(.unsigned == null)] | length' 4
expect_json '. as $m | [.signatures[] | . as $s | $m.artifacts[] | select(.sha256 == $s.artifact) |
    .unsigned == $s.unsigned and $s.id == .sha256 + "/" + $s.key] | length == 4 and all'
# The time is that of the build, where nothing says another.
expect_json '[.signatures[].created] | unique | join(" ")' 2024-01-01T00:00:00Z
expect_json '.tasks | length' 0
cp "$out" signed.json
# --output has the signed files, and nothing else.
[ "$(cd signed && echo *)" = "$(cd built && echo *)" ] || fail "in signed: $(ls signed)"
mkdir db
rpmkeys --dbpath "$work/db" --import signer.asc || fail 'rpm cannot import the certificate'
expect 0 rpmkeys --dbpath "$work/db" --checksig signed/*.rpm
[ "$(grep -c 'digests signatures OK' "$out")" = 4 ] || fail 'rpm does not accept them'
for file in signed/*.rpm; do
    expect 0 albs-sign unsign --manifest signed.json "$file"
    same "$out" "built/${file##*/}"
done
expect 0 sign built/*.rpm
expect_stderr '^albs-sign: signed 0 packages, 4 were signed already$'
[ "$(jq -c .signatures "$out")" = "$(jq -c .signatures signed.json)" ] || fail 'a second run gives others'

# What is no package, or is signed.
expect_refusal 3 "'signed.json' is a manifest, where a package is wanted" sign signed.json
expect_refusal 3 "carries a signature of key $signer_key already" sign signed/tiny-1-1.noarch.rpm
expect_refusal 3 "'signer.asc' is not an RPM package" sign signer.asc
expect_refusal 3 "cannot open 'nowhere.rpm'" sign nowhere.rpm
expect_refusal 2 'no package to sign' sign
head -c 5000 built/tiny-1-1.noarch.rpm >short.rpm
expect_refusal 3 "'short.rpm'" sign short.rpm
expect_refusal 3 "'built/tiny-1-1.noarch.rpm' is a package, where a manifest is wanted" \
    albs-sign --key "$signer_key" --gnupghome gpg-signer built/tiny-1-1.noarch.rpm
expect_stderr "hint: albs-sign sign FILE"
expect_refusal 3 'standard input is a package, where a manifest is wanted' \
    sh -c "albs-sign --key $signer_key --gnupghome gpg-signer <built/tiny-1-1.noarch.rpm"
expect_refusal 3 "is a package, where a manifest is wanted" albs-notarize built/tiny-1-1.noarch.rpm

# The ledger takes them, and what it then says counts.
albs-notarize init --origin log.example.org >/dev/null 2>"$err" || fail 'no ledger'
expect_from 0 signed.json albs-notarize
cp "$out" recorded.json
expect 0 albs-notarize verify --log-key .albs/ledger/log.vkey recorded.json signed/tiny-1-1.noarch.rpm
expect_stdout '^verified signed/tiny-1-1.noarch.rpm'
digest=$(sha256sum <built/tiny-1-1.noarch.rpm | cut -d' ' -f1)
expect 0 albs-notarize mark --status revoked --reason 'it was a mistake' "$digest"
rm -rf .albs/signed
expect 1 sign built/tiny-1-1.noarch.rpm built/other-1-1.noarch.rpm
expect_stderr 'warning: tiny-1-1.noarch: not signed: .*revoked'
expect_json '.signatures | length' 1
expect 0 sign --waive status:tiny-1-1.noarch=needed built/tiny-1-1.noarch.rpm
expect_json '.signatures[0].waived' 'status: needed'
expect_refusal 2 'it names no gate that can be waived' sign --waive notarization=x built/tiny-1-1.noarch.rpm
# One that was damaged before.
cp built/other-1-1.noarch.rpm damaged.rpm
printf x | dd of=damaged.rpm bs=1 seek=$(($(stat -c %s damaged.rpm) - 9)) conv=notrunc status=none
expect_refusal 3 'its payload is not what its header says' sign damaged.rpm
