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
