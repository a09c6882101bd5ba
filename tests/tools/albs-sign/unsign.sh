# SPDX-License-Identifier: GPL-3.0-or-later
# unsign gives back the built file byte for byte, also of files that rpmsign signed, and proves it by the manifest.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
for v3 in '' --rpmv3; do
    rm -rf signed
    # shellcheck disable=SC2086 # nothing or one word
    expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer --output signed $v3
    cp "$out" signed.json
    ! cmp -s signed/tiny-1-1.noarch.rpm built/tiny-1-1.noarch.rpm || fail 'not signed'
    expect 0 albs-sign unsign signed/tiny-1-1.noarch.rpm
    same "$out" built/tiny-1-1.noarch.rpm
    expect 0 albs-sign unsign --manifest signed.json -o back.rpm signed/tiny-1-1.noarch.rpm
    same back.rpm built/tiny-1-1.noarch.rpm
    expect 0 albs-sign unsign --output back signed/*.rpm
    same back/tiny-1-1.src.rpm built/tiny-1-1.src.rpm
    (cd back && sed 's|back/||' "$out" | sha256sum -c --status) || fail 'other digests'
done
cp built/tiny-1-1.noarch.rpm theirs.rpm
rpmsign --addsign --rpmv3 --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/gpg-signer" --define "_gpg_name $signer_key" \
    theirs.rpm >/dev/null 2>&1 || fail 'rpmsign'
expect 0 albs-sign unsign theirs.rpm
same "$out" built/tiny-1-1.noarch.rpm

# A manifest restores what the store lost, and is passed on.
rm -f "$(stored "$(jq -r '.artifacts[0].sha256' built.json)")"
expect_from 0 signed.json albs-sign unsign --output again
same again/tiny-1-1.noarch.rpm built/tiny-1-1.noarch.rpm
[ -e "$(stored "$(jq -r '.artifacts[0].sha256' built.json)")" ] || fail 'not in the store'
expect_json '.stages[-1].tool' 'albs-sign unsign'

expect 3 albs-sign unsign built/tiny-1-1.noarch.rpm
expect_empty_stdout
expect_stderr "error: 'built/tiny-1-1.noarch.rpm' is not signed"
expect 2 albs-sign unsign signed/*.rpm
expect_stderr 'hint: name a directory with --output DIR'
expect 3 albs-sign unsign --manifest signed.json theirs.rpm
expect_stderr "the manifest has no record of 'theirs.rpm'"
jq -c '.stages = [] | (.artifacts[] | select(.unsigned != null).unsigned) = "00" * 32' signed.json >lie.json
expect 4 albs-sign unsign --manifest lie.json signed/tiny-1-1.noarch.rpm
expect_empty_stdout
expect_stderr 'without its signatures is'
expect 3 albs-sign unsign nowhere.rpm
expect_empty_stdout
