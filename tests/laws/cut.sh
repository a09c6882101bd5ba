# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest that was cut short, at whatever byte, is refused: status 3, stdout empty.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"
needs_manifest

size=$(wc -c <in.json)
whole=$((size - 1)) # without its newline it is still whole
# Every byte for the test's own tool; every 7th and the last 40 for the others, which share its reader.
step=7
[ "$tool" != albs-echo ] || step=1
at=0
while [ "$at" -lt "$whole" ]; do
    got=0
    head -c "$at" in.json | run >"$out" 2>"$err" || got=$?
    [ "$got" = 3 ] || fail "cut at byte $at of $size gave status $got"
    [ ! -s "$out" ] || fail "cut at byte $at of $size wrote something"
    grep -q "^$tool: error: " "$err" || fail "cut at byte $at of $size said nothing"
    at=$((at + (at > whole - 40 ? 1 : step)))
done
head -c "$whole" in.json >whole.json
expect_from 0 whole.json run
# The second of two.
{ cat in.json; head -c 100 in.json; } >two.json
expect_from 3 two.json run
expect_empty_stdout
expect_stderr 'manifest 2'
