# SPDX-License-Identifier: GPL-3.0-or-later
# What records something else does not read what was marked: a commit takes as long as without marks. Who records what was
# marked is told, also that a statement about it is withheld.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo marked >marked
echo other >other
expect 0 albs-notarize files marked
expect 0 albs-notarize mark --reason backdoor "$(sha256sum marked | cut -c1-64)"
expect 0 albs-notarize files marked
expect_stderr backdoor
sed -i '2s/.*//' "$ALBS_LEDGER/attestations/000.intoto.jsonl"
expect 0 albs-notarize files other
! grep -q 'backdoor\|withheld' "$err" || fail 'told of another file'
expect 0 albs-notarize files marked
expect_stderr 'is withheld'
