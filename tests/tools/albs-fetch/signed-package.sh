#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The signature of a source package from elsewhere: recorded, refused where required, and a bad one stops everything.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
make_key good rsa2048
make_key other rsa2048
GNUPGHOME="$work/gpg-good"
export GNUPGHOME
key=$good_key
make_flat "$work" sample
expect 0 albs-fetch "file://$work/git/sample.git#c9" --lookaside "file://$work/files"
source_package_of out
cp out/sample-1.0-1.src.rpm plain.src.rpm
sign() { rpmsign --define "__gpg $(command -v gpg)" --define "_gpg_name $key" "$@" >"$out" 2>"$err" ||
    fail "rpmsign failed"; }
cp plain.src.rpm v4.src.rpm
chmod u+w v4.src.rpm
sign --addsign v4.src.rpm
cp plain.src.rpm v3.src.rpm
chmod u+w v3.src.rpm
sign --addsign --rpmv3 v3.src.rpm
for package in v4 v3; do
    expect 0 albs-fetch "$package.src.rpm" --keyring good.asc --require-signed
    expect_json ".sources[0].signature | .status + .key + .signer" "good${key}good (test) <good@example.org>"
    expect 0 albs-fetch "$package.src.rpm" --keyring other.asc
    expect_json ".sources[0].signature.status" unknown-key
    expect 3 albs-fetch "$package.src.rpm" --keyring other.asc --require-signed
    expect_stderr "source package sample-1.0-1.src is signed by a key that is not in the keyring"
    expect_empty_stdout
done
expect 0 albs-fetch plain.src.rpm --keyring good.asc
expect_json ".sources[0].signature.status" none
expect 3 albs-fetch plain.src.rpm --keyring good.asc --require-signed
expect_stderr "source package sample-1.0-1.src is not signed, and --require-signed wants a good signature"
expect_empty_stdout
# Another package under that signature: the signature header of one, the rest of the other.
sed -i 's/^Summary:.*/Summary: A package for tests, changed/' sample/sample.spec
expect 0 albs-fetch sample --lookaside "file://$work/files"
source_package_of other
chmod u+w other/sample-1.0-1.src.rpm
sign --addsign other/sample-1.0-1.src.rpm
/usr/bin/python3 - v4.src.rpm other/sample-1.0-1.src.rpm forged.src.rpm <<'PYTHON'
import struct, sys
def tags(data):
    count, size = struct.unpack(">II", data[104:112])
    store = 112 + 16 * count
    for i in range(count):
        tag, kind, offset, length = struct.unpack(">IIII", data[112 + 16 * i:128 + 16 * i])
        yield tag, store + offset, length
signed, other = open(sys.argv[1], "rb").read(), bytearray(open(sys.argv[2], "rb").read())
at, length = next((a, n) for t, a, n in tags(signed) if t == 268)
to, wanted = next((a, n) for t, a, n in tags(other) if t == 268)
assert length == wanted
other[to:to + length] = signed[at:at + length]
open(sys.argv[3], "wb").write(other)
PYTHON
expect 4 albs-fetch forged.src.rpm --keyring good.asc
expect_stderr "the signature of sample-1.0-1.src by key $key does not fit it"
expect_empty_stdout
