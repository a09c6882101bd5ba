# SPDX-License-Identifier: GPL-3.0-or-later
# verify believes nothing but whole packages with signatures of the given certificates; one line and a reason for each.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key other ed25519
notarize_built
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer --output signed
cp "$out" signed.json
good=signed/tiny-1-1.noarch.rpm

expect 0 albs-sign verify --cert signer.asc signed/*.rpm
[ "$(cat "$out")" = "good $signer_key 2024-06-01T00:01:00Z signed/tiny-1-1.noarch.rpm
good $signer_key 2024-06-01T00:01:00Z signed/tiny-1-1.src.rpm" ] || fail 'another report'
expect_no_stderr
bad() {
    reason=$1
    shift
    expect 1 albs-sign verify "$@"
    expect_stdout '^bad - - '
    expect_stderr "^albs-sign: warning: .*: $reason"
}
bad 'not signed$' --cert signer.asc built/tiny-1-1.noarch.rpm
bad "signed by another key: $signer_key" --cert other.asc $good
size=$(stat -c %s $good)
flip() {
    cp $good flipped.rpm
    chmod u+w flipped.rpm
    byte=$(od -An -tu1 -j "$1" -N 1 flipped.rpm)
    # shellcheck disable=SC2059 # an octal escape
    printf "\\$(printf %o $((byte ^ 1)))" | dd of=flipped.rpm bs=1 seek="$1" conv=notrunc status=none
}
flip $((size - 1))
bad 'the payload is not what its digest says' --cert signer.asc flipped.rpm
# Here rpm itself would tell nothing if only the header were read.
flip 4700
bad '' --cert signer.asc flipped.rpm
head -c $((size - 10)) $good >short.rpm
bad '' --cert signer.asc short.rpm
head -c 50 $good >short.rpm
bad "'short.rpm' is not an RPM package" --cert signer.asc short.rpm
# One bad among good ones: the good ones are still said.
expect 1 albs-sign verify --cert signer.asc $good flipped.rpm
expect_stdout "^good $signer_key .* $good"
expect_stdout '^bad - - flipped.rpm'
expect 3 albs-sign verify --cert signer.asc nowhere.rpm
expect_empty_stdout
expect_stderr "error: cannot open 'nowhere.rpm'"
expect 5 albs-sign verify --cert nowhere.asc $good
expect 3 albs-sign verify --cert signed.json $good
expect_empty_stdout
expect 2 albs-sign verify $good
expect_stderr 'error: --cert is required'

# A manifest is passed on.
expect_from 0 signed.json albs-sign verify --cert signer.asc
expect_json '.stages[-1] | .tool == "albs-sign verify" and .verdict == "yes"'
expect_from 1 signed.json albs-sign verify --cert other.asc
expect_json '.stages[-1].verdict' no
expect_stderr 'warning: tiny-1-1.noarch: signed by another key'
expect_from 1 notarized.json albs-sign verify --cert signer.asc
expect_stderr 'warning: tiny-1-1.src: not signed'
# Records that lie about a good file.
for lie in '.signatures[0].created = "2020-01-01T00:00:00Z"' '.signatures = []' \
    '.artifacts[-1].unsigned = .artifacts[0].unsigned // .artifacts[0].sha256' \
        '.artifacts[-1].rpm.nevra = "tiny-2-1.src"'; do
    jq -c ".stages = [] | $lie" signed.json >lie.json
    expect_from 1 lie.json albs-sign verify --cert signer.asc
done
# A certificate that was revoked since.
sed 's/^:-----BEGIN/-----BEGIN/' gpg-signer/openpgp-revocs.d/"$signer_key".rev >revocation.asc
gpg --homedir gpg-signer --batch --quiet --import revocation.asc 2>/dev/null
gpg --homedir gpg-signer --batch --armor --export "$signer_key" >revoked.asc
bad "key $signer_key is revoked" --cert revoked.asc $good
