# SPDX-License-Identifier: GPL-3.0-or-later
# A signing subkey signs for its primary key, as with gpg; a passphrase comes from the agent, and nobody to type it is
# an error and no hang.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
gpg --homedir gpg-signer --batch --quiet --passphrase '' --pinentry-mode loopback --faked-system-time 20240102T000000 \
    --quick-add-key "$signer_key" ed25519 sign never 2>"$err" || fail 'no subkey'
gpg --homedir gpg-signer --batch --armor --export "$signer_key" >signer.asc
gpgconf --homedir gpg-signer --kill gpg-agent
subkey=$(gpg --homedir gpg-signer --batch --with-colons --list-keys 2>/dev/null |
    awk -F: '/^fpr/ {last = $10} END {print last}')
gpgconf --homedir gpg-signer --kill gpg-agent
notarize_built
mkdir db
rpmkeys --dbpath "$work/db" --import signer.asc || fail 'rpm cannot import the certificate'
sign() {
    rm -rf signed
    expect_from 0 notarized.json albs-sign --key "$1" --gnupghome gpg-signer --output signed
    expect_json '[.signatures[] | .key + " " + .algorithm] | unique | join(" ")' "$signer_key $2"
    cp "$out" signed.json
    expect 0 rpmkeys --dbpath "$work/db" --checksig signed/tiny-1-1.noarch.rpm
    expect_from 0 signed.json albs-sign verify --cert signer.asc
}
# The primary key was named: its newest signing subkey signs. The subkey was named: it does.
sign "$signer_key" eddsa/sha256
cp signed/tiny-1-1.noarch.rpm first.rpm
sign "$subkey" eddsa/sha256
same first.rpm signed/tiny-1-1.noarch.rpm
cp built/tiny-1-1.noarch.rpm theirs.rpm
rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/gpg-signer" --define "_gpg_name $signer_key" \
    --define '_gpg_digest_algo sha256' --define '_gpg_sign_cmd_extra_args --faked-system-time 20240601T000100!' \
    theirs.rpm >/dev/null 2>&1 || fail 'rpmsign'
same first.rpm theirs.rpm

make_key locked
printf 'pinentry-program /bin/false\nallow-preset-passphrase\n' >gpg-locked/gpg-agent.conf
printf 'secret' >passphrase
gpg --homedir gpg-locked --batch --quiet --pinentry-mode loopback --passphrase secret --faked-system-time 20240101T000000 \
    --quick-generate-key 'locked2 (test) <locked2@example.org>' ed25519 sign never 2>"$err" ||
        fail 'no key with a passphrase'
gpgconf --homedir gpg-locked --kill gpg-agent
locked=$(gpg --homedir gpg-locked --batch --with-colons --list-secret-keys locked2 2>/dev/null |
    awk -F: '/^fpr/ {print $10; exit}')
grip=$(gpg --homedir gpg-locked --batch --with-colons --with-keygrip --list-secret-keys locked2 2>/dev/null |
    awk -F: '/^grp/ {print $10; exit}')
gpgconf --homedir gpg-locked --kill gpg-agent
expect_from 5 notarized.json timeout 30 albs-sign --key "$locked" --gnupghome gpg-locked
expect_empty_stdout
expect_stderr "error: 'tiny-1-1.*rpm': cannot sign with key $locked: gpg-agent refuses 'PKSIGN': "
expect_stderr 'hint: unlock the key: .*gpg-preset-passphrase'
preset=$(gpgconf --list-dirs libexecdir)/gpg-preset-passphrase
[ -x "$preset" ] || exit 0
gpg-connect-agent --homedir gpg-locked /bye >/dev/null 2>&1
GNUPGHOME="$work/gpg-locked" "$preset" --preset "$grip" <passphrase || fail 'no preset passphrase'
expect_from 0 notarized.json albs-sign --key "$locked" --gnupghome gpg-locked
