# SPDX-License-Identifier: GPL-3.0-or-later
# What is signed already is verified once more where it lies, with the certificates if they are there; and --strict
# looks where no signature does.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
sign() { albs-sign --key "$signer_key" --gnupghome gpg-signer "$@"; }
expect 0 sign --output signed notarized.json
cp "$out" signed.json
expect 0 sign signed.json
digest=$(sha256sum <signed/tiny-1-1.noarch.rpm | cut -d' ' -f1)
# Records that lie.
jq -c '.stages = [] | .signatures[0].created = "2020-01-01T00:00:00Z"' signed.json >lie.json
expect_refusal 4 'it has no signature of 2020-01-01T00:00:00Z' sign lie.json
jq -c '.stages = [] | (.artifacts[] | select(.unsigned != null) | .unsigned) |= ("0" * 64) |
    .signatures[].unsigned = ("0" * 64)' signed.json >lie.json
expect_refusal 4 'without its signatures it is not the built file' sign lie.json
# Another file under its name in the store.
cp "$(stored "$digest")" kept.rpm
chmod u+w "$(stored "$digest")"
printf x | dd of="$(stored "$digest")" bs=1 seek=5000 conv=notrunc status=none
expect_refusal 4 'was changed: its SHA-256 is' sign signed.json
expect_from 4 signed.json albs-sign verify --cert signer.asc
expect_stderr 'was changed: its SHA-256 is'
for verb in 'verify --cert signer.asc' unsign; do
    # shellcheck disable=SC2086 # two words
    expect_refusal 3 "'signed.json' is a manifest, where a package is wanted" albs-sign $verb signed.json
done
rm -f "$(stored "$digest")"
expect 0 sign signed.json
expect_stderr 'warning: tiny-1-1.noarch.rpm: the store does not have it'
cp kept.rpm "$(stored "$digest")"
# Free bytes: the lead behind the name, its end, the header's reserved word, reserved room.
expect 0 albs-sign verify --strict --cert signer.asc kept.rpm
changed() {
    cp kept.rpm changed.rpm
    chmod u+w changed.rpm
    printf %s "$3" | dd of=changed.rpm bs=1 seek="$1" conv=notrunc status=none
    expect 0 albs-sign verify --cert signer.asc changed.rpm
    expect 1 albs-sign verify --strict --cert signer.asc changed.rpm
    expect_stderr "changed.rpm: .* bytes that are free are not zero: $2"
}
changed 70 'the lead behind the name' hidden
changed 85 'the end of the lead' hidden
changed 4000 'the room for signatures' hidden

# unsign of one large file: no more memory than for a small one.
head -c 60000000 /dev/urandom >large.bin
cat >large.spec <<END
%define _binary_payload w0.gzdio
%define _build_id_links none
Name: large
Version: 1
Release: 1
Summary: s
License: MIT
BuildArch: noarch
%description
d
%install
install -D -m 644 $work/large.bin %{buildroot}/opt/large
%files
/opt/large
END
rpmbuild -bb --define "_topdir $work/rpm" large.spec >/dev/null 2>&1 || fail 'rpmbuild'
expect 0 sh -c "albs-sign sign --key $signer_key --gnupghome gpg-signer --output big rpm/RPMS/noarch/large-1-1.noarch.rpm >big.json"
expect 0 python3 -c '
import resource, subprocess, sys
subprocess.run(["albs-sign", "unsign", "-o", "back.rpm", sys.argv[1]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' big/large-1-1.noarch.rpm
[ "$(cat "$out")" -lt 50000 ] || fail "$(cat "$out") KiB"
same back.rpm rpm/RPMS/noarch/large-1-1.noarch.rpm
expect 0 sh -c 'albs-sign unsign big/large-1-1.noarch.rpm | cmp - back.rpm'
