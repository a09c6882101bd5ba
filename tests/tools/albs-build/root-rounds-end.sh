# SPDX-License-Identifier: GPL-3.0-or-later
# What %generate_buildrequires asks for and cannot have, or asks for without end, is a failure of the package.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
asking greedy "echo bc
if $(has bc); then echo 'not-there >= 7'; fi"
build 1 greedy
expect_json '.tasks[0] | "\(.status) \(.reason.phase) \(.reason.kind): \(.reason.message)"' \
    'failed buildrequires dependency: there is no such root: nothing provides requested not-there >= 7'
asking endless "for name in bc which jq less; do echo \$name; $(has '$name') || break; done"
build 1 endless
expect_json '.tasks[0].reason | "\(.phase) \(.kind): \(.message)"' \
    "buildrequires dependency: the spec asks for more packages in each of 3 rounds, now for 'jq'"
build 1 endless
expect_stderr 'failed in buildrequires'
