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
# What stands before a verb would be lost: it is refused. Options that all verbs have may stand there.
own_options() { "$tool" --help | sed -n 's/^ *\(-.,\)\{0,1\} *\(--[a-z-]*\) [A-Z].*/\2/p' | sort -u; }
common='--output --jobs --log-format --workspace'
for verb in $(verbs); do
    for option in $(own_options); do
        case " $common " in *" $option "*) continue ;; esac
        expect_from 2 in.json "$tool" "$option" 1 "$verb"
        check_usage
        grep -qe "$option stands before the verb '$verb'" -e "$option: " "$err" || fail "$option is not named"
    done
    expect_from 2 in.json "$tool" operand "$verb"
    check_usage
    expect_stderr "operand"
    ! "$tool" -q "$verb" --no-such-option 2>&1 | grep 'before the verb' || fail 'a common option is refused'
done
# An empty value is not as good as none.
for option in $(own_options) $common; do
    expect_from 2 in.json "$tool" "$option" ''
    check_usage
    expect_stderr "$option: its value is empty"
    expect_from 2 in.json "$tool" "$option=" in.json
    check_usage
    expect_stderr "$option= has no value"
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
