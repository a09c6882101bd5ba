# SPDX-License-Identifier: GPL-3.0-or-later
# The same for three commits in one process that publishes once: what was committed is published by whoever comes next.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
[ -x "$ALBS_BUILD/tests/ledger-append" ] || skip 'ledger-append is not built'
. "$ALBS_SOURCE/tests/ledger/faults.inc"
for number in 1 2 3; do
    printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%064d"}}],' "$number"
    printf '"predicateType":"https://example.org/test/v1","predicate":{}}\n'
done >statements
# The number of entries: a commit that was lost before its frame was on disk is signed again, with another nonce.
checkpoint_of() { sed -n 2p "$1"; }
writer() { "$@" "$ALBS_BUILD/tests/ledger-append" "$ALBS_LEDGER" each <statements; }
try_every_call
