# SPDX-License-Identifier: GPL-3.0-or-later
# Notarized packages are signed; rpm itself agrees, and the manifest says what was done. A second run gives the same
# bytes and signs nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built

expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_stderr '^albs-sign: signed 2 packages$'
expect_json '.stages[-1] | .tool == "albs-sign" and .verdict == "yes"'
expect_json '.stages[-1].parameters' "$(printf '{\n  "key": [\n    "%s"\n  ]\n}' "$signer_key")"
expect_json '[.signatures[] | .key] | unique | join(" ")' "$signer_key"
expect_json '[.signatures[] | .created, .algorithm] | unique | join(" ")' '2024-06-01T00:01:00Z rsa/sha256'
expect_json '[.signatures[] | .waived] | unique | .[0] == null'
expect_json '. as $m | [.signatures[] | . as $s | $m.artifacts[] | select(.sha256 == $s.artifact) |
    .unsigned == $s.unsigned and $s.id == .sha256 + "/" + $s.key] | length == 2 and all'
# The identity that survives signing.
expect_json '[.artifacts[].rpm.header_sha256] | unique | length' 2
cp "$out" signed.json
mkdir db
rpmkeys --dbpath "$work/db" --import signer.asc || fail 'rpm cannot import the certificate'
for digest in $(jq -r '.signatures[].artifact' signed.json); do
    expect 0 rpmkeys --dbpath "$work/db" --checksig "$(stored "$digest")"
    expect_stdout 'digests signatures OK'
done

expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_stderr '^albs-sign: signed 0 packages, 2 were signed already$'
same "$out" signed.json
# Nor is anything signed that the manifest has signed, and then no key is needed.
expect_from 0 signed.json albs-sign --key "$signer_key" --gnupghome /nonexistent
expect_json '.signatures | length' 2
# A fingerprint may be typed as gpg prints it.
expect_from 0 notarized.json albs-sign -k "$(echo "$signer_key" | tr A-F a-f |
    sed 's/..../& /g; s/ $//')" --gnupghome gpg-signer
expect_json '.signatures | length' 2

# Another workspace, the same bytes: nothing of this machine or moment is in them.
mkdir other
cp -r .albs other/
rm -r other/.albs/signed other/.albs/stages
for digest in $(jq -r '.signatures[].artifact' signed.json); do rm -f "other/$(stored "$digest")"; done
cd other || exit 1
expect_from 0 ../notarized.json albs-sign --key "$signer_key" --gnupghome ../gpg-signer
expect_stderr '^albs-sign: signed 2 packages$'
[ "$(jq -c .signatures "$out")" = "$(jq -c .signatures ../signed.json)" ] || fail 'other signatures'
