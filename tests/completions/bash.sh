# SPDX-License-Identifier: GPL-3.0-or-later
# In a real bash every tool's options and verbs complete, and so do the values of options that have choices.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/completions/each.sh"
command -v bash >/dev/null || skip 'bash is not installed'

cat >try.bash <<'END'
# try.bash FILE FUNCTION WORD...: what is offered for the last word.
source "$1" || exit 1
function=$2
shift 2
compopt() { :; } # it works only while the shell itself completes
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$function"
printf '%s\n' "${COMPREPLY[@]}"
END
offered() { bash try.bash "$file" "_$(echo "$tool" | tr - _)" "$@"; }
check() {
    offered "$tool" ${verb:+"$verb"} --log | grep -qx -e --log-format || fail "$tool $verb --log offers no --log-format"
    offered "$tool" ${verb:+"$verb"} - >found
    names "$verb" >wanted
    sort found | cmp -s - wanted || fail "$tool $verb -: $(sort found | diff - wanted)"
    [ "$(offered "$tool" ${verb:+"$verb"} --log-format '' | tr '\n' ' ')" = 'text json ' ] || fail 'no choices'
    [ "$(offered "$tool" ${verb:+"$verb"} --log-format = j)" = json ] || fail 'no choices after ='
    touch manifest.json
    mkdir -p directory
    offered "$tool" ${verb:+"$verb"} -o man | grep -qx manifest.json || fail 'no files'
    [ "$(offered "$tool" ${verb:+"$verb"} --output '' | sort | head -n 1)" = directory ] || fail 'no directories'
}
each_tool bash check
for tool in $tools; do
    file=$tool.bash
    for verb in $(verbs_of "$tool"); do
        offered "$tool" "$verb" | grep -qx "$verb" || fail "$tool offers no verb $verb"
    done
done
