# SPDX-License-Identifier: GPL-3.0-or-later
# Keys that init and rotate-key are given stay where they are; one that others may read, or that is no such key, is
# refused, and nothing is made.
. "$ALBS_SOURCE/tests/lib.sh"
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
umask 077
mkdir keys
openssl genpkey -algorithm ed25519 -out keys/log.pem 2>"$err" || fail 'no Ed25519 key'
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out keys/statement.pem 2>"$err" || fail 'no P-256 key'
openssl genpkey -algorithm RSA -out keys/rsa.pem 2>"$err" || fail 'no RSA key'
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out keys/p384.pem 2>"$err" || fail 'no P-384 key'
openssl pkey -in keys/statement.pem -pubout -out keys/public.pem
openssl ec -in keys/statement.pem -out keys/sec1.pem 2>"$err"
openssl pkcs8 -topk8 -in keys/statement.pem -passout pass:secret -out keys/encrypted.pem
echo garbage >keys/garbage.pem
: >keys/empty.pem
umask 022

refused() {
    expect_refusal "$1" "$2" albs-notarize init --origin log.example.org --ledger "$work/none" --key keys/log.pem "$3" \
        "$4"
    [ ! -e none ] || fail 'a ledger was made'
}
refused 3 "'keys/rsa.pem': a key of type RSA" --statement-key keys/rsa.pem
expect_stderr 'hint: wanted is a key of type P-256'
refused 3 "'keys/p384.pem': a key of type secp384r1" --statement-key keys/p384.pem
refused 3 "'keys/log.pem': a key of type Ed25519" --statement-key keys/log.pem
refused 3 "'keys/public.pem' is not a private key in PEM" --statement-key keys/public.pem
refused 3 "'keys/garbage.pem' is not a private key in PEM" --statement-key keys/garbage.pem
refused 3 "'keys/empty.pem' is not a private key in PEM" --statement-key keys/empty.pem
refused 5 "cannot open 'keys/missing.pem': No such file" --statement-key keys/missing.pem
refused 3 "'keys' is a directory, and no regular file" --statement-key keys
refused 2 'a PIN has no place in a pkcs11: URI' --statement-key 'pkcs11:object=albs?pin-value=1234'
# Without a token, and without anything that could open one.
OPENSSL_CONF=/dev/null refused 5 "cannot open 'pkcs11:token=nowhere;object=albs'" --statement-key \
    'pkcs11:token=nowhere;object=albs'
expect_refusal 3 "'keys/statement.pem': a key of type P-256" albs-notarize init --origin o --ledger "$work/none" --key \
    keys/statement.pem
expect_stderr 'hint: wanted is a key of type Ed25519'
expect_refusal 3 "'keys/statement.pem': a key of type P-256" albs-notarize init --profile sigsum --ledger "$work/none" \
    --statement-key keys/statement.pem
for mode in 640 604 620 644; do
    chmod $mode keys/statement.pem
    refused 5 "permissions 0$mode for 'keys/statement.pem' are too open" --statement-key keys/statement.pem
    expect_stderr "hint: .*chmod 600 'keys/statement.pem'"
done
chmod 600 keys/statement.pem
OPENSSL_CONF=/dev/null expect_refusal 5 'wrong passphrase' albs-notarize init --origin o --ledger "$work/none" \
    --statement-key keys/encrypted.pem --passphrase-fd 3 3<keys/garbage.pem
[ ! -e none ] || fail 'a ledger was made'

ALBS_LEDGER="$work/ledger"
export ALBS_LEDGER
expect 0 albs-notarize init --origin log.example.org --key keys/log.pem --statement-key keys/sec1.pem
[ "$(cat ledger/.state/log.key)" = "$work/keys/log.pem" ] || fail "the ledger has $(cat ledger/.state/log.key)"
[ "$(stat -c %a ledger/.state/log.key)" = 600 ] || fail 'the file of the place can be read by others'
spki=$(openssl pkey -in keys/statement.pem -pubout -outform DER | base64 -w0)
[ "$(jq -r '.statement_keys[0]' ledger/log.json)" = "$spki" ] || fail 'another statement key'
expect_from 0 "$manifest" albs-notarize
cp "$out" first.json
expect 0 albs-notarize verify --log-key ledger/log.vkey first.json
expect 0 albs-notarize audit --log-key ledger/log.vkey ledger
# Files that were shared later, or are of another key by now.
chmod 644 keys/log.pem
expect_refusal 5 "permissions 0644 for '$work/keys/log.pem' are too open" albs-notarize files first.json
chmod 600 keys/log.pem
chmod 640 ledger/.state/log.key
expect_refusal 5 "permissions 0640 for '$work/ledger/.state/log.key' are too open" albs-notarize files first.json
expect 4 albs-notarize audit --log-key ledger/log.vkey ledger
expect_stderr '.state/log.key: permissions 0640'
chmod 600 ledger/.state/log.key
mv keys/log.pem keys/right.pem
expect_refusal 5 "cannot open '$work/keys/log.pem': No such file" albs-notarize files first.json
(umask 077 && openssl genpkey -algorithm ed25519 -out keys/log.pem 2>/dev/null)
expect_refusal 4 'are not those that log.json names' albs-notarize files first.json
mv keys/right.pem keys/log.pem
[ "$(sed -n 2p ledger/checkpoint)" = 6 ] || fail 'something was recorded'

# A change of keys: to one in a file with a passphrase, and one that is made.
expect 0 albs-notarize rotate-key --statement-key keys/encrypted.pem --passphrase-fd 3 3<<END
secret
END
grep -q 'BEGIN ENCRYPTED' ledger/.state/log.key || fail 'the new log key is not encrypted'
[ "$(cat ledger/.state/log.key.old)" = "$work/keys/log.pem" ] || fail 'the old log key is elsewhere'
expect 0 albs-notarize files first.json --passphrase-fd 3 3<<END
secret
END
cp "$out" second.json
expect 0 albs-notarize verify --log-key ledger/log.vkey first.json
expect 0 albs-notarize verify --log-key ledger/log.vkey second.json
expect 0 albs-notarize audit --log-key ledger/log.vkey ledger
