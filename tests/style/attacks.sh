# SPDX-License-Identifier: GPL-3.0-or-later
# tests/ledger/README.md says which tests try each attack: every line names some, and all of them are there.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE/tests" || exit 1

awk -F'|' '/^\| / && $2 !~ /^ what others try/ {print $2 "|" $3}' ledger/README.md >"$work/attacks"
[ "$(wc -l <"$work/attacks")" -gt 20 ] || fail 'the table of attacks was not found'
: >"$out"
while IFS='|' read -r attack tests; do
    printf '%s\n' "$tests" | grep -o '`[^`]*`' | tr -d '`' >"$work/named"
    [ -s "$work/named" ] || echo "ledger/README.md: no test tries:$attack"
    while IFS= read -r test; do
        [ -f "$test" ] || echo "ledger/README.md: $test is not there"
    done <"$work/named"
done <"$work/attacks" >>"$out"
[ ! -s "$out" ] || fail 'see above'
