# SPDX-License-Identifier: GPL-3.0-or-later
# What the log revoked (the built package, the signed one, the source package) is not published: status 1, why, and a
# manifest without releases; once it is valid again, it is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
built=$(jq -r '.artifacts[] | select(.name == "hello-1.0-1.'"$arch"'.rpm" and .unsigned == null) | .sha256' signed.json)
signed=$(jq -r '.artifacts[] | select(.name == "hello-1.0-1.'"$arch"'.rpm" and .unsigned != null) | .sha256' \
    signed.json)
source=$(jq -r '.sources[0].srpm' signed.json)
for digest in "$built" "$signed" "$source"; do
    expect 0 albs-notarize mark --reason 'a broken compiler' "$digest"
    expect_from 0 signed.json albs-notarize
    cp "$out" marked.json
    expect_from 1 marked.json albs-release --to repo --key "$key"
    expect_stderr '^albs-release: warning: hello-.*: refused: .*is not notarized: entry [0-9]* of the log says that it is revoked: a broken compiler$'
    expect_json '.releases | length' 0
    expect_json '.stages[-1].verdict' no
    [ ! -e repo ] || fail 'something was published'
    expect 0 albs-notarize mark --status valid --reason 'the compiler was fine' "$digest"
done
expect_from 0 signed.json albs-notarize
cp "$out" valid.json
expect_from 0 valid.json albs-release --to repo --key "$key"
expect_json '.releases | length' 3
