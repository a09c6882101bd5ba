# SPDX-License-Identifier: GPL-3.0-or-later
# The completion of every tool for one shell, made as the build makes it. Sourced after lib.sh.
PATH="$ALBS_BUILD/tests:$PATH"
tools=albs-echo
for tool in "$ALBS_BIN"/albs-*; do
    [ ! -f "$tool" ] || [ ! -x "$tool" ] || tools="$tools $(basename "$tool")"
done
verbs_of() { "$1" --describe | awk -F'\t' '$2 == "" && $1 != "" {print $1}'; }
# names VERB: every name of every option of $tool, sorted.
names() { "$tool" --describe | awk -F'\t' -v verb="$1" '$1 == verb && $2 != "" {gsub(",", "\n", $2); print $2}' |
    sort; }
# each_tool SHELL CHECK: calls CHECK with $tool, $verb (or none) and $file, the completion.
each_tool() {
    for tool in $tools; do
        file=$tool.$1
        "$tool" --describe | sh "$ALBS_SOURCE/share/completions/generate.sh" "$1" "$tool" >"$file" || fail "no $file"
        for verb in '' $(verbs_of "$tool"); do "$2"; done
    done
}
