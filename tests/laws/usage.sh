# SPDX-License-Identifier: GPL-3.0-or-later
# A wrong command: status 2, stdout empty, one prefixed error with a hint.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

check_usage() {
    expect_empty_stdout
    [ "$(head -n 1 "$err" | cut -d: -f1-2)" = "$tool: error" ] || fail 'the error has no prefix'
    expect_stderr "^$tool: hint: "
    grep -v "^$tool: " "$err" && fail 'a line without the prefix'
    ! grep -q '\.$' "$err" || fail 'a message ends with a full stop'
}
expect_from 2 in.json "$tool" --no-such-option
check_usage
expect_stderr 'no-such-option'
expect_from 2 in.json run -Z
check_usage
expect_from 2 in.json run --jobs=many
check_usage
expect_from 2 in.json run --jobs=-1
check_usage
expect_from 2 in.json run --log-format=xml
check_usage
expect_from 2 in.json run -o
check_usage
# No abbreviations: they break scripts when an option is added.
expect_from 2 in.json run --dry
check_usage
for verb in $(verbs); do
    expect_from 2 in.json "$tool" "$verb" --no-such-option
    check_usage
done
# A wrong SOURCE_DATE_EPOCH is a wrong command.
export SOURCE_DATE_EPOCH=yesterday
expect_from 2 in.json run
expect_empty_stdout
expect_stderr "SOURCE_DATE_EPOCH.*'yesterday'"
unset SOURCE_DATE_EPOCH
# The error is a JSON line when the command asks for that, however wrong it is.
expect_from 2 in.json run --no-such-option --log-format=json
[ "$(jq -rs '.[0].level + " " + .[-1].level + " " + (.[-1].status | tostring)' "$err")" = 'error exit 2' ] ||
    fail 'no JSON messages'
