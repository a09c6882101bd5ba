# SPDX-License-Identifier: GPL-3.0-or-later
# Options of before: a clear word that another tool has them now, and nothing is fetched.
. "$ALBS_SOURCE/tests/lib.sh"
mkdir it
printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\n%%description\nx\n' >it/it.spec
for option in '--platform host' --platform=host '--platforms x.yaml' '--flavor x'; do
    # shellcheck disable=SC2086 # words
    expect_refusal 2 "there is no option ${option%%[ =]*} any more" albs-fetch it $option
    expect_stderr 'hint: albs-build makes the source packages now: give it to albs-build'
done
[ ! -e .albs ] || fail 'something was fetched'
