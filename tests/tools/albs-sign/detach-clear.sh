# SPDX-License-Identifier: GPL-3.0-or-later
# Detached and clear signatures, beside their files or where they are wanted; gpg accepts them, the time is fixed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
printf 'dash\n- in front\nFrom someone  \nno end' >CHECKSUM
head -c 100000 /dev/urandom >image.iso
gpg --homedir gpg-signer --batch --quiet --version >/dev/null
good() { gpg --homedir "$work/gpg-signer" --batch --status-fd 1 --verify "$@" 2>/dev/null |
    grep -q "VALIDSIG $signer_key"; }

expect 0 albs-sign detach --key "$signer_key" --gnupghome gpg-signer --signing-time 1738555506 image.iso CHECKSUM
expect_empty_stdout
expect_no_stderr
good image.iso.asc image.iso || fail 'gpg does not accept it'
good CHECKSUM.asc CHECKSUM || fail 'gpg does not accept the other'
cp image.iso.asc first.asc
expect 0 albs-sign detach --key "$signer_key" --gnupghome gpg-signer --signing-time 2025-02-03T04:05:06Z -o one.asc \
    image.iso
same one.asc first.asc
printf x >>image.iso
! good image.iso.asc image.iso || fail 'a changed file is good'

expect 0 env SOURCE_DATE_EPOCH=1738555506 albs-sign clear --key "$signer_key" --gnupghome gpg-signer --output out \
    CHECKSUM
good out/CHECKSUM.asc || fail 'gpg does not accept the clear one'
gpg --homedir gpg-signer --batch --quiet --decrypt out/CHECKSUM.asc 2>/dev/null | tr -d '\r' >text
(cat CHECKSUM; echo) | sed 's/ *$//' >wanted
sed -i 's/ *$//' text
same text wanted
expect 3 albs-sign clear --key "$signer_key" --gnupghome gpg-signer image.iso
expect_stderr "error: 'image.iso' is no text"
expect 2 albs-sign detach --key "$signer_key" --gnupghome gpg-signer -o both image.iso CHECKSUM
expect 2 albs-sign detach --key "$signer_key" --gnupghome gpg-signer
expect 3 albs-sign detach --key "$signer_key" --gnupghome gpg-signer nowhere
expect_stderr "error: cannot open 'nowhere'"
rm -f image.iso.asc
expect 0 albs-sign detach -n --key "$signer_key" --gnupghome gpg-signer image.iso
[ ! -e image.iso.asc ] || fail '--dry-run wrote'
