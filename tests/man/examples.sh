# SPDX-License-Identifier: GPL-3.0-or-later
# Every `$ ` line in the EXAMPLES of every page runs.
#
# The convention: inside a ``` block a line that begins with `$ ` is a command for sh; a backslash at its end continues
# it on the next line. The commands of a page run in their order in one shell, in a directory that is empty at first,
# and each must end with status 0, or with the one that a comment at its end names: `$ albs-sign verify x.rpm  # status
# 1`. Lines without `$ ` (scripts with host names that nobody has) are not run.
#
# What a page's commands take for granted comes from tests/man/setup/PAGE.sh (PAGE as in albs-sign.1), which is sourced
# in that directory first. It may change PATH and export variables for the commands.
. "$ALBS_SOURCE/tests/lib.sh"
PATH="$ALBS_BUILD/tests:$PATH"
command -v scdoc >/dev/null && command -v mandoc >/dev/null || skip 'scdoc and mandoc are not installed'

# From the page as it is read, so that what scdoc makes of backslashes and quotes is tested as well.
commands_of() {
    SOURCE_DATE_EPOCH=1763856000 scdoc <"$1" | mandoc -T utf8 -O width=300 | sed 's/.\x08//g' |
        awk '/^[A-Z]/ {inside = ($0 == "EXAMPLES")}
            inside && /^ *\$ / {sub(/^ *\$ /, ""); more = 1}
            inside && more {line = $0; more = sub(/\\$/, "", line); sub(/^ +/, "", line); printf "%s%s", line, more ? " " : "\n"}'
}
for page in "$ALBS_SOURCE"/man/*.scd; do
    name=$(basename "$page" .scd)
    commands_of "$page" >commands
    [ -s commands ] || { [ "${name##*.}" != 1 ] || fail "$name has no example that runs"; continue; }
    tool=${name%.*}
    [ "${name##*.}" != 1 ] || [ -x "$ALBS_BIN/$tool" ] || continue
    rm -rf "$work/page"
    mkdir "$work/page"
    (
        cd "$work/page" || exit 1
        export ALBS_REMEMBER="$work/page/.remembered" # pages have logs of one name
        setup="$ALBS_SOURCE/tests/man/setup/$name.sh"
        # shellcheck disable=SC1090 # one for each page
        [ ! -e "$setup" ] || . "$setup"
        while IFS= read -r command <&3; do
            wanted=$(expr "$command" : '.*# status \([0-9]*\)$' || :)
            got=0
            eval "$command" >"$out" 2>"$err" </dev/null || got=$?
            [ "$got" = "${wanted:-0}" ] || fail "$name: '$command' gave status $got, wanted ${wanted:-0}"
        done 3<"$work/commands"
    ) || exit 1
done
