# SPDX-License-Identifier: GPL-3.0-or-later
# The time in a signature: --signing-time, else SOURCE_DATE_EPOCH, else the end of the build, never before the key.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
created() {
    wanted_time=$1
    shift
    expect_from 0 notarized.json env "$@" --key "$signer_key" --gnupghome gpg-signer
    expect_json '[.signatures[].created] | unique | join(" ")' "$wanted_time"
    for digest in $(jq -r '.signatures[].artifact' "$out"); do
        rpm -qp --nosignature --qf '%{RSAHEADER:pgpsig}\n' "$(stored "$digest")" >pgpsig 2>/dev/null
        grep -q "$(date -u -d "$wanted_time" '+%b %e %H:%M:%S %Y' | tr -s ' ')" pgpsig ||
            grep -q "$(date -u -d "$wanted_time" '+%b %e %H:%M:%S %Y')" pgpsig || fail "in the file: $(cat pgpsig)"
    done
}
created 2024-06-01T00:01:00Z albs-sign
created 2025-02-03T04:05:06Z SOURCE_DATE_EPOCH=1738555506 albs-sign
created 2025-02-03T04:05:07Z SOURCE_DATE_EPOCH=1738555506 albs-sign --signing-time 2025-02-03T04:05:07Z
created 2025-02-03T04:05:08Z albs-sign --signing-time 1738555508
# The source may be older than the key.
created 2024-01-01T00:00:00Z SOURCE_DATE_EPOCH=1000000000 albs-sign
# No signature is made at a time when its key has expired: nobody would accept it.
make_key passing rsa2048 20y
expires=$(gpg --homedir gpg-passing --batch --with-colons --list-keys 2>/dev/null | awk -F: '$1 == "pub" { print $7 }')
late="$(date -u -d "@$expires" '+%Y-%m-%dT%H:%M:%SZ')"
early="$(date -u -d "@$((expires - 1))" '+%Y-%m-%dT%H:%M:%SZ')"
with="--key $passing_key --gnupghome gpg-passing"
# shellcheck disable=SC2086 # several words
{
    expect_refusal 2 "a signing time ($late) at which key $passing_key has expired" \
        albs-sign $with --signing-time "$late" notarized.json
    expect_refusal 2 'has expired' env "SOURCE_DATE_EPOCH=$expires" albs-sign $with notarized.json
    expect_refusal 2 'has expired' albs-sign detach $with --signing-time "$late" notarized.json
    expect 0 albs-sign $with --signing-time "$early" --output signed notarized.json
}
for file in signed/*.rpm; do expect 0 albs-sign verify --cert passing.asc "$file"; done
