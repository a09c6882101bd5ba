# SPDX-License-Identifier: GPL-3.0-or-later
# A repository is signed anew with another key: each new signature names the one that it replaces, the directory itself
# stays as it is, and a run that was killed goes on where it was.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key old
make_key new ed25519
notarize_built tiny other
expect_from 0 notarized.json albs-sign --key "$old_key" --gnupghome gpg-old --output signed
cp "$out" signed.json
mkdir -p repo/x86_64/os/Packages repo/source
cp signed/*.noarch.rpm repo/x86_64/os/Packages/
cp signed/*.src.rpm repo/source/
cp -r repo before
rotate() { albs-sign rotate --key "$new_key" --gnupghome gpg-new "$@"; }
expect 0 rotate --cert old.asc --output rotated repo
cp "$out" rotated.json
expect_stderr '^albs-sign: signed 4 packages$'
expect_json '.signatures | length' 4
for file in rotated/*.rpm; do
    was=$(sha256sum <"signed/${file##*/}" | cut -d' ' -f1)
    is=$(sha256sum <"$file" | cut -d' ' -f1)
    jq -e --arg was "$was/$old_key" --arg is "$is" --arg built "$(sha256sum <"built/${file##*/}" | cut -d' ' -f1)" \
        '.signatures[] | select(.artifact == $is) | .replaces == [$was] and .unsigned == $built' \
        rotated.json >/dev/null || fail "no chain from $file"
done
# Signed at the time of the old signature: the same run gives the same bytes, on every machine.
expect_json '[.signatures[].created] | unique | join(" ")' 2024-06-01T00:01:00Z
expect 0 albs-sign verify --cert new.asc rotated/*.rpm
expect 1 albs-sign verify --cert old.asc rotated/tiny-1-1.noarch.rpm
diff -r repo before >/dev/null || fail 'the repository was changed'
# What is rotated already stays; what is signed by nobody whom --cert names is told.
cp rotated/tiny-1-1.noarch.rpm repo/x86_64/os/Packages/
expect 0 rotate --cert old.asc repo
expect_stderr '1 packages have these signatures already'
expect_json '.signatures | length' 3
cp built/tiny-1-1.noarch.rpm repo/x86_64/os/Packages/
expect 1 rotate --cert old.asc repo
expect_stderr 'warning: repo/x86_64/os/Packages/tiny-1-1.noarch.rpm: not signed anew: not signed'
expect_json '.signatures | length' 3
expect 1 rotate --cert new.asc repo
expect_stderr "not signed anew: signed by another key: $old_key"
expect_json '.signatures | length' 0
rm -r repo
cp -r before repo

# What is known of the packages goes along, and is held against them.
expect 0 rotate --cert old.asc --manifest signed.json repo
expect_json '(.tasks | length) == 1 and (.signatures | length) == 8'
jq -c '.stages = [] | (.artifacts[] | select(.unsigned != null) | .unsigned) |= ("0" * 64)' signed.json >lie.json
expect_refusal 4 'is not what the manifest recorded as built' \
    rotate --cert old.asc --manifest lie.json repo
# The ledger takes the chain, and holds the manifest to it.
rotate -q --cert old.asc --manifest signed.json repo >again.json 2>"$err"
expect_from 0 again.json albs-notarize
cp "$out" recorded.json
expect 0 albs-notarize verify --log-key .albs/ledger/log.vkey recorded.json rotated/tiny-1-1.noarch.rpm
jq -c '.stages = [] | .signatures[-1].replaces = null' recorded.json >lie.json
expect 4 albs-notarize verify --log-key .albs/ledger/log.vkey lie.json

# Killed in the middle: the next run gives the same.
rm -rf .albs/signed
albs-sign rotate --key "$new_key" --gnupghome gpg-new --cert old.asc -j 1 repo >killed.json 2>"$err" &
sleep 0.2
kill -9 $!
wait $! 2>/dev/null
diff -r repo before >/dev/null || fail 'the repository was changed'
expect 0 rotate --cert old.asc repo
[ "$(jq -c .signatures "$out")" = "$(jq -c .signatures rotated.json)" ] || fail 'other signatures after a kill'
# A dry run says what would be done.
expect 0 rotate -n --cert old.asc repo
[ "$(grep -c 'would sign it' "$err")" = 4 ] || fail 'the dry run'
mkdir empty
expect_refusal 3 "'empty' has no package" rotate --cert old.asc empty
expect_refusal 3 "'signed.json' is a manifest, where a package is wanted" \
    rotate --cert old.asc signed.json
expect_refusal 2 'no repository to rotate' rotate --cert old.asc
expect_refusal 2 '--cert is required' rotate repo
