# SPDX-License-Identifier: GPL-3.0-or-later
# --help and --version: status 0, stdout only, 80 columns, examples at the end; they win over other errors.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

check_help() {
    expect_no_stderr
    expect_stdout "^Usage: $tool"
    expect_stdout '^Examples:$'
    long=$(LC_ALL=C.UTF-8 awk 'length($0) > 80' "$out")
    [ -z "$long" ] || fail "wider than 80 columns: $long"
    [ "$(tail -n 1 "$out")" = "See $tool(1)." ] || fail 'the last line names no page'
    awk '/^Examples:$/ {seen = 1; next} seen && /^[A-Z].*options:$/ {exit 1}' "$out" ||
        fail 'examples are not at the end'
    ! LC_ALL=C grep -q '[[:cntrl:]]' "$out" || fail 'control characters'
    [ -z "$(tail -c 1 "$out" | tr -d '\n')" ] || fail 'no newline at the end'
}
for flag in --help -h; do
    expect 0 "$tool" "$flag" </dev/null
    check_help
done
for verb in $(verbs); do
    expect 0 "$tool" "$verb" --help </dev/null
    check_help
    expect_stdout "^Usage: $tool $verb "
done
expect 0 "$tool" --no-such-option --help </dev/null
expect_stdout '^Usage: '
expect 0 "$tool" --version </dev/null
expect_no_stderr
[ "$(wc -l <"$out")" = 1 ] || fail 'the version is not one line'
expect_stdout "^$tool [0-9][0-9.]*$"

# Every option of the description is in the help, and every option of the help in the description.
expect 0 "$tool" --describe </dev/null
cp "$out" described
for verb in '' $(verbs); do
    expect 0 "$tool" ${verb:+"$verb"} --help </dev/null
    sed -n '/[Oo]ptions:$/,/^$/p' "$out" | grep -o '^  *-[^ ]*\( --[a-z-]*\)\?' | tr -d ' ' | sort >in-help
    awk -F'\t' -v verb="$verb" '$1 == verb && $2 != "" {print $2}' described | sort >in-description
    cmp -s in-help in-description || fail "help and description differ: $(diff in-help in-description)"
done
# A reader that goes away, a full disk: as with a manifest.
got=0
"$tool" --help >/dev/full 2>"$err" || got=$?
[ "$got" = 5 ] || fail "--help on a full disk gave $got"
