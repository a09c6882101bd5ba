# SPDX-License-Identifier: GPL-3.0-or-later
# Every page of section 1 has the same sections in the same order, names its statuses, and ends with SEE ALSO.
. "$ALBS_SOURCE/tests/lib.sh"

cat >order <<'END'
NAME
SYNOPSIS
DESCRIPTION
OPTIONS
INPUT
OUTPUT
EXIT STATUS
ENVIRONMENT
FILES
EXAMPLES
SEE ALSO
END
for page in "$ALBS_SOURCE"/man/*.scd; do
    name=$(basename "$page" .scd)
    [ "$(sed -n 's/^# //p' "$page" | tail -n 1)" = 'SEE ALSO' ] || fail "$name does not end with SEE ALSO"
    [ "$(sed -n 's/^# //p' "$page" | head -n 1)" = NAME ] || fail "$name does not begin with NAME"
    grep -qx "${name%.*} - [a-z].*[^.]" "$page" || fail "$name: the line under NAME is no 'name - what it does'"
    # What the page refers to exists, if it is ours.
    for other in $(awk '/^# SEE ALSO/ {inside = 1; next} inside' "$page" | grep -o '\*albs[a-z-]*\*([0-9])' |
        tr -d '*'); do
        file=$(echo "$other" | sed 's/(\(.\))/.\1.scd/')
        [ -e "$ALBS_SOURCE/man/$file" ] || [ ! -x "$ALBS_BIN/${other%(*}" ] ||
            fail "$name refers to $other, which is missing"
    done
    case $name in *.1) ;; *) continue ;; esac
    # The verbs' own sections may stand anywhere.
    sed -n 's/^# //p' "$page" | grep -v '^ALBS-' >found
    cmp -s order found || fail "$name: sections differ (< wanted, > page): $(diff order found | grep '^[<>]')"
    awk '/^# EXIT STATUS/ {inside = 1; next} /^# / {inside = 0} inside' "$page" >statuses
    for status in 0 1 2 3 4 5; do
        grep -q "\\*$status\\*\\|^$status\$\\|^[|[] *$status\$\\|albs(7)\\|albs\\*(7)" statuses ||
            fail "$name does not say what status $status means"
    done
done
