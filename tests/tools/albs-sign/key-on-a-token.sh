# SPDX-License-Identifier: GPL-3.0-or-later
# A key on a token (PKCS #11): the agent that albs-sign starts gets the environment in which the token's library is told.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
for program in gnupg-pkcs11-scd softhsm2-util pkcs11-tool openssl; do
    command -v $program >/dev/null || skip "there is no $program"
done
module=$(find /usr/lib /usr/lib64 -name libsofthsm2.so 2>/dev/null | head -1)
[ -n "$module" ] || skip 'there is no libsofthsm2.so'
mkdir tokens
echo "directories.tokendir = $work/tokens" >softhsm2.conf
SOFTHSM2_CONF="$work/softhsm2.conf"
export SOFTHSM2_CONF
{
    softhsm2-util --init-token --free --label t --pin 1234 --so-pin 1234
    openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 3650 -subj /CN=signer
    openssl x509 -in c.pem -outform der -out c.der
    openssl pkcs8 -topk8 -nocrypt -in k.pem -out k8.pem
    softhsm2-util --import k8.pem --token t --label signer --id 0a --pin 1234
    pkcs11-tool --module "$module" --token-label t --login --pin 1234 --write-object c.der --type cert --id 0a \
        --label signer
} >"$out" 2>"$err" || fail 'no token'
rm k.pem k8.pem
mkdir -m 700 keys
defer "gpgconf --homedir '$work/keys' --kill all"
printf 'providers p\nprovider-p-library %s\n' "$module" >keys/gnupg-pkcs11-scd.conf
cat >pinentry <<'END'
#!/bin/sh
echo OK hello
while read -r word rest; do
    case $word in
    GETPIN) printf 'D 1234\nOK\n' ;;
    BYE) exit ;;
    *) echo OK ;;
    esac
done
END
chmod +x pinentry
printf 'scdaemon-program %s\npinentry-program %s\n' "$(command -v gnupg-pkcs11-scd)" "$work/pinentry" >keys/gpg-agent.conf
gpg-connect-agent --homedir keys 'SCD LEARN' 'LEARN --force' /bye >learnt 2>"$err"
grip=$(awk '/KEYPAIRINFO/ { print $3; exit }' learnt)
[ -n "$grip" ] || fail "the agent does not see the token: $(cat learnt)"
printf 'Key-Type: RSA\nKey-Grip: %s\nKey-Usage: sign\nName-Real: token\nExpire-Date: 0\n%%commit\n' "$grip" >parameters
gpg --homedir keys --batch --gen-key parameters >"$out" 2>"$err" || fail 'no key of the token'
key=$(gpg --homedir keys --batch --with-colons --list-keys 2>/dev/null | awk -F: '$1 == "fpr" { print $10; exit }')
gpg --homedir keys --batch --armor --export "$key" >token.asc 2>"$err"
gpgconf --homedir keys --kill all
build_packages
# gnupg-pkcs11-scd does not bear two requests at a time.
expect 0 albs-sign sign -j 1 --key "$key" --gnupghome keys --output signed built/*.rpm
expect_stderr '^albs-sign: signed 2 packages$'
expect 0 albs-sign verify --cert token.asc signed/*.rpm
[ "$(grep -c "^good $key" "$out")" = 2 ] || fail 'not by the key of the token'
# With another word where the token is, there is none.
rm -rf .albs
expect 5 env SOFTHSM2_CONF="$work/nowhere.conf" albs-sign sign --key "$key" --gnupghome keys built/*.rpm
