# SPDX-License-Identifier: GPL-3.0-or-later
# Every call that changes a file is killed or fails in turn: after each, the log audits clean, nothing that was signed
# is lost or contradicted, and the same command completes with the same bytes.
. "$ALBS_SOURCE/tests/lib.sh"
profile=sigsum
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
. "$ALBS_SOURCE/tests/ledger/faults.inc"
writer() {
    "$@" albs-notarize <"$manifest" >written || return
    jq -c 'del(.stages)' written
}
try_every_call
