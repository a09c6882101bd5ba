# SPDX-License-Identifier: GPL-3.0-or-later
# The key is named by its whole fingerprint, is there, and is valid today; else a clear word and an empty stdout.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key expired rsa2048 2d
make_key second ed25519
make_key rival
notarize_built
try() {
    status=$1
    shift
    expect_from "$status" notarized.json albs-sign "$@"
    expect_empty_stdout
    [ ! -e .albs/signed ] || fail 'something was signed'
}
try 2
expect_stderr 'error: --key is required'
for id in signer@example.org "$(echo "$signer_key" | tail -c 17)" "0x$signer_key"; do
    try 2 --key "$id" --gnupghome gpg-signer
    expect_stderr "error: '$id' is not the fingerprint of a key"
    expect_stderr 'hint: all 40 hexadecimal digits'
done
try 5 --key "$rival_key" --gnupghome gpg-signer
expect_stderr "error: no secret key $rival_key in '$work/gpg-signer'"
expect_stderr "hint: gpg --homedir '$work/gpg-signer' --list-secret-keys"
# The public key alone signs nothing.
gpg --homedir gpg-signer --batch --quiet --import rival.asc 2>/dev/null
try 5 --key "$rival_key" --gnupghome gpg-signer
try 5 --key "$signer_key" --gnupghome nowhere
expect_stderr "no directory of keys 'nowhere'"
try 4 --key "$expired_key" --gnupghome gpg-expired
expect_stderr "error: key $expired_key expired at 2024-01-03T"
# Nor with a time at which it was good.
try 4 --key "$expired_key" --gnupghome gpg-expired --signing-time 2024-01-02T00:00:00Z

# Revoked with the certificate that gpg keeps for the day.
sed 's/^:-----BEGIN/-----BEGIN/' gpg-rival/openpgp-revocs.d/"$rival_key".rev >revocation.asc
gpg --homedir gpg-rival --batch --quiet --import revocation.asc 2>/dev/null || fail 'cannot revoke'
try 4 --key "$rival_key" --gnupghome gpg-rival
expect_stderr "error: key $rival_key is revoked"

# A time before the key was made; one that is no time.
try 2 --key "$signer_key" --gnupghome gpg-signer --signing-time 2023-12-31T23:59:59Z
expect_stderr 'error: --signing-time is before the key was made'
try 2 --key "$signer_key" --gnupghome gpg-signer --signing-time yesterday
expect_stderr "error: --signing-time wants a time, not 'yesterday'"

# Two keys of one kind do not fit into a package; one of each do.
gpg --homedir gpg-second --batch --quiet --export-secret-keys "$second_key" |
    gpg --homedir gpg-signer --batch --quiet --import 2>/dev/null
make_key third
gpg --homedir gpg-third --batch --quiet --export-secret-keys "$third_key" |
    gpg --homedir gpg-signer --batch --quiet --import 2>/dev/null
try 2 --key "$signer_key" --key "$third_key" --gnupghome gpg-signer
expect_stderr 'error: an RPM cannot hold signatures of both'
expect_from 0 notarized.json albs-sign --key "$signer_key" --key "$second_key" --gnupghome gpg-signer
expect_json '(.artifacts | length) == 4 and (.signatures | length) == 4'
expect_json '[.signatures[].algorithm] | unique | join(" ")' 'eddsa/sha256 rsa/sha256'
cat signer.asc second.asc >both.asc
cp "$out" signed.json
expect_from 0 signed.json albs-sign verify --cert both.asc
