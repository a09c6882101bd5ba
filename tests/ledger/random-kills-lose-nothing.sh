# SPDX-License-Identifier: GPL-3.0-or-later
# Appends, marks, changes of keys, renewals and recoveries are killed at random while a reader polls: nothing that was
# confirmed is lost, contradicted or hidden. ALBS_KILLS=1000 is the long run, ALBS_SEED another one.
. "$ALBS_SOURCE/tests/lib.sh"
fault="$ALBS_BUILD/tests/libalbs_fault.so"
[ -e "$fault" ] || skip 'no libalbs_fault.so (a sanitizer build)'
mkdir kills
cd kills || exit 1
expect 0 python3 "$ALBS_SOURCE/tests/ledger/random_kills.py" "${ALBS_KILLS:-40}" "${ALBS_SEED:-$$}" "$fault"
expect_stdout '^lost=0 contradicted=0 hidden=0$'
cat "$out"
