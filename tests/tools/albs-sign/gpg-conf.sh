# SPDX-License-Identifier: GPL-3.0-or-later
# What stands in the user's gpg.conf changes nothing of what is made; the directory of keys gets no file of ours.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key rival
notarize_built
signed() {
    rm -rf .albs/signed text.asc
    expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
    cp "$out" "$1.json"
    echo text >text
    expect 0 albs-sign detach --key "$signer_key" --gnupghome gpg-signer --signing-time 1738555506 text
    mv text.asc "$1.asc"
}
list() { (cd gpg-signer && find . | sort); }
list >before
signed without
list >after
same before after
for line in armor 'comment words' 'verbose' 'no-such-option' "default-key $rival_key" 'no-default-keyring' \
    'keyring nothing.gpg' 'export-options export-clean' 'digest-algo SHA1' 'personal-digest-preferences SHA1' \
    'display-charset utf-8' 'with-colons' 'status-fd 1' 'logger-fd 1' 'list-options show-photos' \
    'encrypt-to 0123456789ABCDEF'; do
    printf '%s\n' "$line" >gpg-signer/gpg.conf
    signed with
    jq -S '.artifacts, .signatures' without.json >one
    jq -S '.artifacts, .signatures' with.json >other
    same one other
    same without.asc with.asc
done
