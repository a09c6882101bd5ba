# SPDX-License-Identifier: GPL-3.0-or-later
# Messages: prefixed lines of text, or with --log-format=json one object a line, the last of which names the status.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

# A library's own chatter is not ours to format.
check_json() {
    grep -v '^chatter' "$err" >lines
    jq -es 'all(.[]; type == "object" and (.tool | type) == "string" and (.level | IN("error", "warning", "note", "detail", "exit")))
        and (.[-1] | .level == "exit" and .status == '"$1"') and ([.[] | select(.level == "exit")] | length) == 1' \
            lines >/dev/null ||
        fail "the messages are not JSON lines that end with the exit status $1"
}
for verbosity in -q '' -v; do
    # shellcheck disable=SC2086 # maybe no word
    expect_from 0 in.json run --log-format=json $verbosity
    check_json 0
done
expect_from 0 in.json run --log-format json -v
check_json 0
if [ "$takes" = manifest ]; then
    printf '{"schema":"albs.manifest/9"}' >bad.json
    expect_from 3 bad.json run --log-format=json
    expect_empty_stdout
    check_json 3
    [ "$(jq -rs '.[0].level' lines)" = error ] || fail 'no error line'
    # A name that is no UTF-8, or holds an escape sequence, reaches neither the JSON lines nor the terminal as it is.
    odd=$(printf 'caf\351\033[31m\302\2331m.json')
    expect 5 run --log-format=json "$odd"
    check_json 5
    iconv -f UTF-8 -t UTF-8 <"$err" >/dev/null || fail 'not UTF-8'
    expect 5 run "$odd"
    iconv -f UTF-8 -t UTF-8 <"$err" >/dev/null || fail 'not UTF-8'
    ! LC_ALL=C grep -q "$(printf '\033\\|\302\233')" "$err" || fail 'an escape sequence on stderr'
    expect 5 run 'Käse-日本.json'
    expect_stderr "cannot open 'Käse-日本.json'"
fi
if [ "$takes" = manifest ]; then
    NO_COLOR=1 expect_from 3 bad.json run
    sed 1d "$err" | grep -v "^$tool: hint: " && fail 'more than an error and its hint'
fi
expect_from 0 in.json run -q
grep -v chatter "$err" | grep -v "^$tool: warning: " && fail '-q says more than warnings'
exit 0
