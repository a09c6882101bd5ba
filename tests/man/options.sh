# SPDX-License-Identifier: GPL-3.0-or-later
# The options on each page are those of --help, both ways, for the tool's own job and for every verb.
#
# A page lists an option on a line of its own that begins with its names: `*-k*, *--key* _FINGERPRINT_`. The options of
# the tool's own job stand under `# OPTIONS`; those of a verb under `# ALBS-SIGN VERIFY`, but for the common ones, which
# need no second place. A page that says "albs(7)" under OPTIONS leaves the common ones to that page, which lists them.
. "$ALBS_SOURCE/tests/lib.sh"

# listed PAGE HEADING: "-k,--key FINGERPRINT" for each option of that section.
listed() {
    awk -v heading="# $2" '/^# / {inside = ($0 == heading); next} inside && /^\*-/' "$1" |
        sed 's/[*\\]//g; s/++$//; s/, /,/g; s/_\([^_]*\(_[A-Z_]*\)*\)_/\1/g; s/  *$//' | sort
}
# described VERB: the same from the tool.
described() { awk -F'\t' -v verb="$1" '$1 == verb && $2 != "" {print $2 ($3 == "" ? "" : " " $3)}' table | sort; }

checked=0
for page in "$ALBS_SOURCE"/man/albs-*.1.scd; do
    [ -e "$page" ] || continue
    tool=$(basename "$page" .1.scd)
    [ -x "$ALBS_BIN/$tool" ] || continue
    checked=$((checked + 1))
    expect 0 "$tool" --describe
    cp "$out" table
    awk -F'\t' '$2 != "" {print $2 ($3 == "" ? "" : " " $3)}' table | sort | uniq -c |
        awk -v commands="$(awk -F'\t' '$2 == ""' table | wc -l)" '$1 >= commands {sub(/^ *[0-9]+ /, ""); print}' |
            sort >common
    described '' >wanted
    listed "$page" OPTIONS >found
    if awk '/^# / {inside = ($0 == "# OPTIONS")} inside' "$page" | tr -d '*' | grep -qF 'albs(7)'; then
        # With a single command every option is in each: the common ones are those of albs(7).
        listed "$ALBS_SOURCE/man/albs.7.scd" OPTIONS >common
        comm -23 wanted common >own && mv own wanted
        comm -23 found common >own && mv own found
    fi
    cmp -s wanted found ||
        fail "$tool(1) OPTIONS and --help differ (< help, > page): $(diff wanted found | grep '^[<>]')"
    for verb in $(awk -F'\t' '$2 == "" && $1 != "" {print $1}' table); do
        heading=$(echo "$tool $verb" | tr '[:lower:]' '[:upper:]')
        grep -qx "# $heading" "$page" || fail "$tool(1) has no section '# $heading'"
        described "$verb" | comm -23 - common >wanted
        listed "$page" "$heading" | comm -23 - common >found
        cmp -s wanted found ||
            fail "$tool(1) $heading and --help differ (< help, > page): $(diff wanted found | grep '^[<>]')"
    done
done
# What albs(7) calls common is what every tool has: the tests' own tool has few others.
"$ALBS_BUILD/tests/albs-echo" --describe >table
{ described ''; described say; } | sort | uniq -d >wanted
listed "$ALBS_SOURCE/man/albs.7.scd" OPTIONS >found
cmp -s wanted found ||
    fail "albs(7) OPTIONS and the common options differ (< help, > page): $(diff wanted found | grep '^[<>]')"
# A tool without a page does not exist.
for tool in "$ALBS_BIN"/albs-*; do
    [ -f "$tool" ] && [ -x "$tool" ] || continue
    [ -e "$ALBS_SOURCE/man/$(basename "$tool").1.scd" ] || fail "$(basename "$tool") has no page"
done
echo "$checked pages"
