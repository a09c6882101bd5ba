# SPDX-License-Identifier: GPL-3.0-or-later
# The vectors in the tree are those that their generators write: nobody edited them by hand.
. "$ALBS_SOURCE/tests/lib.sh"
command -v python3 >/dev/null || skip 'no python3'
for generator in "$ALBS_SOURCE"/tests/vectors/ledger/*.py; do
    expect 0 python3 "$generator"
    same "${generator%.py}.json" "$out"
done
