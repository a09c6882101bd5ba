# SPDX-License-Identifier: GPL-3.0-or-later
# Building in a root of packages, and making that root, leaves nothing, as tests/laws/leaves-nothing.sh has it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
package greet
. "$ALBS_SOURCE/tests/fixture/leavings.sh"
input=$work/greet.json
expect_from 0 greet.json albs-build --lock lock.json
again() { rm -rf .albs/tasks; }
leaves_nothing 0 albs-build --lock lock.json
ends='TERM=20 TERM=40' kills=30
again() { in_root rm -rf .albs/tasks .albs/roots; }
leaves_nothing 0 albs-build --lock lock.json
no_faults
