# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# A statement key in a token (SoftHSM), through the provider or the engine that OpenSSL has for pkcs11: URIs: the
# ledger signs with it, verifiers need neither token nor PIN, and whatever is missing is one error.
. "$ALBS_SOURCE/tests/lib.sh"
for program in softhsm2-util pkcs11-tool; do
    command -v $program >/dev/null || skip "$program is not installed"
done
module=
for file in /usr/lib/softhsm/libsofthsm2.so /usr/lib64/pkcs11/libsofthsm2.so /usr/lib64/softhsm/libsofthsm.so; do
    [ ! -e $file ] || module=$file
done
[ -n "$module" ] || skip 'no libsofthsm2.so'
mkdir tokens
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" >softhsm2.conf
SOFTHSM2_CONF="$work/softhsm2.conf"
export SOFTHSM2_CONF
OPENSSL_CONF="$work/openssl.cnf"
export OPENSSL_CONF
if [ -e "$(openssl version -m | cut -d'"' -f2)/pkcs11.so" ]; then
    cat >openssl.cnf <<END
openssl_conf = start
[start]
providers = providers
[providers]
default = default
pkcs11 = pkcs11
[default]
activate = 1
[pkcs11]
pkcs11-module-path = $module
activate = 1
END
elif [ -e "$(openssl version -e | cut -d'"' -f2)/pkcs11.so" ]; then
    cat >openssl.cnf <<END
openssl_conf = start
[start]
engines = engines
[engines]
pkcs11 = pkcs11
[pkcs11]
engine_id = pkcs11
MODULE_PATH = $module
init = 0
END
else
    skip 'OpenSSL has neither a provider nor an engine for pkcs11'
fi
softhsm2-util --init-token --free --label albs --so-pin 0000 --pin 1234 >log 2>&1 || fail "no token: $(cat log)"
token() { pkcs11-tool --module "$module" --token-label albs --login --pin 1234 "$@" >log 2>&1 ||
    fail "pkcs11-tool: $(cat log)"; }
token --keypairgen --key-type EC:prime256v1 --label statement --id 01
token --keypairgen --key-type rsa:2048 --label rsa --id 03
echo 1234 >pin
echo 4321 >wrong
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
uri='pkcs11:token=albs;object=statement'
refused() {
    status=$1 words=$2
    shift 2
    expect_refusal "$status" "$words" "$@"
    [ ! -e none ] || fail 'a ledger was made'
}
init() { albs-notarize init --origin log.example.org --ledger "$@"; }
refused 5 "cannot open '$uri': a wrong PIN" init "$work/none" --statement-key "$uri" --passphrase-fd 3 3<wrong
refused 5 "cannot open 'pkcs11:token=albs;object=other'" init "$work/none" --statement-key \
    'pkcs11:token=albs;object=other' --passphrase-fd 3 3<pin
refused 5 "cannot open 'pkcs11:token=other;object=statement'" init "$work/none" --statement-key \
    'pkcs11:token=other;object=statement' --passphrase-fd 3 3<pin
refused 3 "a key of type RSA" init "$work/none" --statement-key 'pkcs11:token=albs;object=rsa' --passphrase-fd 3 3<pin
refused 5 'no terminal to ask for it' setsid -w albs-notarize init --origin o --ledger "$work/none" --statement-key \
    "$uri"
refused 2 'a PIN has no place in a pkcs11: URI' init "$work/none" --statement-key "$uri?pin-value=1234"

ALBS_LEDGER="$work/ledger"
export ALBS_LEDGER
expect 0 init "$ALBS_LEDGER" --statement-key "$uri" --passphrase-fd 3 3<pin
[ "$(cat ledger/.state/statement.key)" = "$uri" ] || fail "the ledger has $(cat ledger/.state/statement.key)"
expect_from 0 "$manifest" albs-notarize --passphrase-fd 3 3<pin
expect_stderr 'recorded 6 statements'
cp "$out" first.json
expect_from 0 "$manifest" albs-notarize --passphrase-fd 3 3<pin
expect_stderr 'recorded 0 statements'
same "$out" first.json
expect_refusal 5 'wrong passphrase' albs-notarize files pin --passphrase-fd 3 3<wrong
# Who verifies has neither.
rm -rf tokens
unset SOFTHSM2_CONF OPENSSL_CONF
expect 0 albs-notarize verify --log-key ledger/log.vkey first.json
expect 0 albs-notarize audit --log-key ledger/log.vkey ledger
expect_refusal 5 "cannot open '$uri'" albs-notarize files pin --passphrase-fd 3 3<pin
