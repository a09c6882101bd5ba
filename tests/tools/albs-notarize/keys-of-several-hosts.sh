# SPDX-License-Identifier: GPL-3.0-or-later
# Build hosts that share a ledger each sign statements with a key of their own; a policy says which may sign what, and
# what another one signed is no evidence. Who takes something back is heard, whoever it is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v openssl >/dev/null || skip 'no openssl'
umask 077
for name in builder notary; do
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $name.pem 2>"$err"
done
sha() { openssl pkey -in "$1" -pubout -outform DER | sha256sum | cut -c1-64; }
make_files 4
digest() { sha256sum "$1" | cut -c1-64; }

expect_from 0 "$manifest" albs-notarize --statement-key builder.pem
cp "$out" built.json
expect 0 albs-notarize files --statement-key "$work/notary.pem" files/0
cp "$out" zero.json
expect 0 albs-notarize files files/1
cp "$out" one.json
[ "$(jq '.statement_keys | length' "$ALBS_LEDGER/log.json")" = 3 ] || fail 'log.json does not list three keys'
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect 0 albs-notarize verify --log-key "$key" built.json
expect 0 albs-notarize verify --log-key "$key" zero.json files/0
expect_stdout "^  file log.example.org#6 $(sha notary.pem)\$"
# Again, with the key or without: nothing new is said.
expect_from 0 built.json albs-notarize
expect_stderr 'recorded 0 statements'
of_host=$(openssl pkey -in builder.pem -pubout -outform DER | base64 -w0)
[ "$(jq -r '.statement_keys[0]' "$ALBS_LEDGER/log.json")" != "$of_host" ] ||
    fail 'the key of a host became the key of the ledger'

policy() { printf 'log %s\nquorum none\n' "$(cat "$key")"; printf '#albs: statement-key %s\n' "$@"; }
policy "$(sha builder.pem) source,srpm,build" "$(sha notary.pem) file,status,commit" >policy
expect 0 albs-notarize verify --policy policy built.json
expect 0 albs-notarize verify --policy policy zero.json files/0
refusal='is signed by a key that the policy does not accept for statements of the kind'
expect 1 albs-notarize verify --policy policy one.json files/1
expect_stdout '^absent files/1$'
expect_stderr "$refusal 'file': "
# The same in the log itself, and beside the file.
expect 0 albs-notarize verify --policy policy --ledger "$ALBS_LEDGER" files/0
expect 1 albs-notarize verify --policy policy --ledger "$ALBS_LEDGER" files/1
expect_stdout '^absent files/1$'
expect_stderr 'there is only file by a key that the policy does not accept for it'
expect_from 0 one.json albs-notarize export --log-key "$key" beside
cp files/1 beside/1
expect 0 albs-notarize verify --log-key "$key" beside/1
expect 1 albs-notarize verify --policy policy beside/1
expect_stderr "of the proof beside it: it $refusal 'file'"
# A builder that vouches for a file.
expect 0 albs-notarize files --statement-key builder.pem files/2
cp "$out" two.json
expect 1 albs-notarize verify --policy policy two.json files/2
expect_stderr "$refusal 'file': $(sha builder.pem)"
# It may take back; not everybody may give back.
expect 0 albs-notarize mark --statement-key builder.pem --reason bad "$(digest files/0)"
expect 1 albs-notarize verify --policy policy --ledger "$ALBS_LEDGER" files/0
expect_stdout '^revoked files/0$'
expect_from 0 zero.json albs-notarize
cp "$out" revoked.json
expect 1 albs-notarize verify --policy policy revoked.json files/0
expect_stdout '^revoked files/0$'
expect 0 albs-notarize mark --statement-key builder.pem --status valid --reason good "$(digest files/0)"
expect_from 0 zero.json albs-notarize
cp "$out" again.json
for way in "--ledger $ALBS_LEDGER" again.json; do
    # shellcheck disable=SC2086 # words
    expect 1 albs-notarize verify --policy policy $way files/0
    expect_stdout '^revoked files/0$'
    # shellcheck disable=SC2086 # words
    expect 0 albs-notarize verify --log-key "$key" $way files/0
done
expect 0 albs-notarize mark --statement-key notary.pem --status valid --reason good "$(digest files/0)"
expect 0 albs-notarize verify --policy policy --ledger "$ALBS_LEDGER" files/0
# A change of the ledger's keys leaves those of the hosts alone.
expect 0 albs-notarize rotate-key
expect 0 albs-notarize files --statement-key notary.pem files/3
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"

# What is no key, or not a private one any more, signs nothing.
cp "$ALBS_LEDGER/checkpoint" before
refused() {
    expect "$1" albs-notarize files --statement-key "$2" "$ALBS_SOURCE/CMakeLists.txt"
    expect_empty_stdout
    expect_stderr "$3"
    same before "$ALBS_LEDGER/checkpoint"
}
cp notary.pem shared.pem
chmod 640 shared.pem
refused 5 shared.pem "permissions 0640 for 'shared.pem' are too open"
refused 3 policy "'policy' is not a private key in PEM"
refused 5 nowhere.pem "cannot open 'nowhere.pem'"
openssl genpkey -algorithm ed25519 -out ed.pem
refused 3 ed.pem "'ed.pem': a key of type"
refused 2 'pkcs11:object=x?pin-value=1' 'a PIN has no place'
# Nobody else may write to what is private, in any file, and no key may be read by others.
for file in . journal signed history index.sqlite log.key statement.key lock; do
    for mode in g+w o+w; do
        was=$(stat -c %a "$ALBS_LEDGER/.state/$file")
        chmod $mode "$ALBS_LEDGER/.state/$file"
        expect 5 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
        expect_empty_stdout
        expect_stderr "error: .* may write to '$ALBS_LEDGER/.state"
        expect_stderr "hint: run 'chmod go-w' on it"
        chmod "$was" "$ALBS_LEDGER/.state/$file"
    done
done
chmod o+w "$ALBS_LEDGER"
expect 5 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
expect_stderr "everybody may write to '$ALBS_LEDGER'"
chmod o-w "$ALBS_LEDGER"
for file in log.key statement.key log.key.old; do
    for mode in g+r o+r; do
        chmod $mode "$ALBS_LEDGER/.state/$file"
        expect 5 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
        expect_empty_stdout
        expect_stderr "permissions 06[04][04] for '$ALBS_LEDGER/.state/$file' are too open"
        chmod 600 "$ALBS_LEDGER/.state/$file"
    done
done
same before "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
