# SPDX-License-Identifier: GPL-3.0-or-later
# --platforms that is no list of platforms is one error with the line, and nothing is fetched.
. "$ALBS_SOURCE/tests/lib.sh"
mkdir it
printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\n%%description\nx\n' >it/it.spec
refused() {
    for more in '' '--platform x' '--flavor x'; do
        # shellcheck disable=SC2086 # words
        expect_refusal "$1" "$2" albs-fetch it --platforms "$3" $more
    done
    [ ! -e .albs/store ] || fail 'something was fetched'
}
. "$ALBS_SOURCE/tests/fixture/bad-platforms.sh"
