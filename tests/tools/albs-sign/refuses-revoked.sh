# SPDX-License-Identifier: GPL-3.0-or-later
# A package whose build was revoked is not signed: status 1, the reason of the log, and the manifest without a signature
# of it; valid again, it is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built tiny
sign() { albs-sign --key "$signer_key" --gnupghome gpg-signer "$@"; }
revoked=$(jq -r '.artifacts[] | select(.kind == "rpm") | .sha256' notarized.json)
for status in revoked superseded; do
    expect 0 albs-notarize mark --status $status --reason "a broken compiler: $status" "$revoked"
    expect_from 0 notarized.json albs-notarize
    cp "$out" marked.json
    expect_from 1 marked.json sign
    expect_stderr "warning: tiny-1-1.noarch: not signed: entry [0-9]* of the log says that it is $status: a broken compiler: $status$"
    expect_json '.stages[-1].verdict' no
    # The source package is not the revoked one.
    expect_json '. as $m | [.signatures[] | . as $s | $m.artifacts[] | select(.sha256 == $s.artifact) | .rpm.arch] | join(" ")' src
    expect_json "[.signatures[].unsigned] | index(\"$revoked\") == null"
done
# What is notarized needs no waiver for that.
expect_from 1 marked.json sign --waive 'notarization=the old compiler is wanted here'
expect_from 0 marked.json sign --waive 'status=the old compiler is wanted here'
expect_stderr 'warning: tiny-1-1.noarch: signed all the same (the old compiler is wanted here): entry [0-9]* of the log says that it is superseded'
expect 0 albs-notarize mark --status valid --reason 'the compiler was fine' "$revoked"
expect_from 0 notarized.json albs-notarize
cp "$out" valid.json
expect_from 0 valid.json sign
expect_json '.signatures | length' 2
# A revocation that was changed to be about something else does not go unseen.
jq -c --arg other "$(printf '%064d' 1)" \
    '.stages = [] | (.notarizations[] | select(.kind == "status") | .about) = $other' marked.json >moved.json
expect_from 4 moved.json albs-notarize
expect_empty_stdout
