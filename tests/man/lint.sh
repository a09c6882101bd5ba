# SPDX-License-Identifier: GPL-3.0-or-later
# scdoc builds every page, and mandoc finds nothing wrong but what scdoc always writes.
. "$ALBS_SOURCE/tests/lib.sh"
command -v scdoc >/dev/null || skip 'scdoc is not installed'
command -v mandoc >/dev/null || skip 'mandoc is not installed'

for page in "$ALBS_SOURCE"/man/*.scd; do
    name=$(basename "$page" .scd)
    SOURCE_DATE_EPOCH=1763856000 scdoc <"$page" >"$name" 2>"$err" || fail "scdoc does not take $name"
    mandoc -T lint -W warning "$name" >lint 2>&1 || :
    # An empty paragraph before a section, a table or an indented block shows nowhere.
    grep -v 'skipping paragraph macro: \(PP empty\|PP after S[HS]\|PP at the end of S[HS]\|sp after S[HS]\|PP before sp\)' lint >left && fail "$(cat left)"
    mandoc -T utf8 "$name" >text 2>"$err" || fail "mandoc does not show $name"
    ! grep -q '\*\*\|^ *\[\[ \|```' text || fail "$name shows markup: $(grep -m 3 '\*\*\|^ *\[\[ \|```' text)"
done
exit 0
