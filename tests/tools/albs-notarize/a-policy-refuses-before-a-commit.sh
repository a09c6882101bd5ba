# SPDX-License-Identifier: GPL-3.0-or-later
# With --policy nothing is recorded that the policy would not accept from the key that signs: it would stay in the log,
# and verify nowhere.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v openssl >/dev/null || skip 'no openssl'
umask 077
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out notary.pem 2>"$err"
sha=$(openssl pkey -in notary.pem -pubout -outform DER | sha256sum | cut -c1-64)
own=$(jq -r '.statement_keys[0]' "$ALBS_LEDGER/log.json" | base64 -d | sha256sum | cut -c1-64)
make_files 3
digest=$(sha256sum files/0 | cut -c1-64)
policy() { printf 'log %s\nquorum none\n#albs: statement-key %s\n' "$(cat "$key")" "$1" >policy; }
policy "$sha file,status"
cp "$ALBS_LEDGER/checkpoint" before
# The same in a dry run.
refused() {
    for dry in --dry-run --quiet; do
        expect_refusal 3 "'policy' does not accept statements of the kind '$1' that are signed by the key $2" \
            albs-notarize "$3" --policy policy "$4" "$5" "$6" "$7" $dry
        expect_stderr "hint: sign with another key (--statement-key), or add a line: #albs: statement-key $2 $1\$"
    done
    same before "$ALBS_LEDGER/checkpoint"
}
refused file "$own" files files/0 files/1 files/2 -v
expect 0 albs-notarize files --policy policy --statement-key notary.pem files/0 -n
expect_stderr 'would record file'
same before "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize files --policy policy --statement-key notary.pem files/0
cp "$out" zero.json
expect 0 albs-notarize verify --policy policy zero.json files/0
cp "$ALBS_LEDGER/checkpoint" before
for dry in --dry-run --quiet; do
    expect_refusal 3 "does not accept statements of the kind 'source'" \
        albs-notarize --policy policy --statement-key notary.pem "$manifest" $dry
done
same before "$ALBS_LEDGER/checkpoint"
# What the manifest has proofs of needs no signature.
expect 0 albs-notarize --policy policy zero.json
# Who takes something back is heard, whatever the key; to give it back takes one that is accepted.
expect 0 albs-notarize mark --policy policy --reason bad "$digest"
cp "$ALBS_LEDGER/checkpoint" before
refused status "$own" mark --status=valid --reason=good "$digest" -v
expect 0 albs-notarize mark --policy policy --reason bad "$digest" -n
expect 0 albs-notarize mark --policy policy --statement-key notary.pem --status valid --reason good "$digest"
expect 0 albs-notarize verify --policy policy --ledger "$ALBS_LEDGER" files/0
# A dry run of any command refuses what the run would.
git init -q repository
git -C repository -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m one
cp "$ALBS_LEDGER/checkpoint" before
refused commit "$own" commits repository HEAD -v --jobs=1
expect 0 albs-notarize init --origin other.example.org --ledger "$work/elsewhere"
printf 'log %s\nquorum none\n' "$(cat "$work/elsewhere/log.vkey")" >other
for command in 'files files/1' "mark --reason=bad $digest" 'commits repository' "$manifest" rotate-key \
    'rotate-key --drop-old'; do
    for dry in --dry-run --quiet; do
        # shellcheck disable=SC2086 # several words
        expect_refusal 3 "'other' does not name the key of this ledger" \
            albs-notarize $command --policy other $dry
    done
done
for dry in --dry-run --quiet; do
    expect_refusal 3 'there is no old key to drop' albs-notarize rotate-key --drop-old $dry
    expect_refusal 3 "the ledger has no statement about $(printf none | sha256sum | cut -c1-64)" \
        albs-notarize mark --reason bad "$(printf none | sha256sum | cut -c1-64)" $dry
    expect_refusal 5 'no ledger in' albs-notarize mark --reason bad "$digest" --ledger "$work/none" $dry
done
same before "$ALBS_LEDGER/checkpoint"
# Without the policy everything is recorded, as ever; a policy that names no key accepts all.
expect 0 albs-notarize files files/1
sed -i 3d policy
expect 0 albs-notarize files --policy policy files/2
