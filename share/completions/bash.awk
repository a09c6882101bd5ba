# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for bash, without the bash-completion package. Input: VERB, NAMES, VALUE, CHOICES, HELP.
$2 == "" { if ($1 != "") { verbs = verbs " " $1 }; next }
{
    count = split($2, names, ",")
    for (i = 1; i <= count; i++) {
        options[$1] = options[$1] " " names[i]
        pattern = "'" $1 " " names[i] "'"
        if ($3 == "") continue
        choices = $4
        gsub(",", " ", choices)
        if (choices != "") values = values "    " pattern ") _" f() "_offer -W '" choices "'; return ;;\n"
        else if ($3 == "DIR") values = values "    " pattern ") compopt -o filenames; _" f() "_offer -d; return ;;\n"
        else if ($3 ~ /FILE/) values = values "    " pattern ") compopt -o filenames; _" f() "_offer -f; return ;;\n"
        else values = values "    " pattern ") return ;;\n"
    }
}
function f(    name) { name = tool; gsub("-", "_", name); return name }
END {
    sub(/^ /, "", verbs)
    alternatives = verbs
    gsub(" ", " | ", alternatives)
    print "# Completion of " tool " for bash, made from its option tables."
    print "_" f() "_offer() {"
    print "    mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\")"
    print "}"
    print "_" f() "() {"
    print "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' i"
    print "    # bash splits --option=value into three words."
    print "    if [[ $word == '=' ]]; then"
    print "        word=''"
    print "    elif [[ $previous == '=' ]]; then"
    print "        previous=${COMP_WORDS[COMP_CWORD - 2]}"
    print "    fi"
    if (verbs != "") {
        print "    for ((i = 1; i < COMP_CWORD; i++)); do"
        print "        case ${COMP_WORDS[i]} in"
        print "        " alternatives ") verb=${COMP_WORDS[i]}; break ;;"
        print "        esac"
        print "    done"
    }
    print "    COMPREPLY=()"
    print "    case \"$verb $previous\" in"
    printf "%s", values
    print "    esac"
    print "    case \"$verb $word\" in"
    split(verbs, list, " ")
    for (verb in list) print "    '" list[verb] " -'*) _" f() "_offer -W '" substr(options[list[verb]], 2) "' ;;"
    print "    ' -'*) _" f() "_offer -W '" substr(options[""], 2) "' ;;"
    print "    *)"
    print "        compopt -o filenames"
    if (verbs != "") print "        if [[ -z $verb ]]; then _" f() "_offer -W '" verbs "' -f; else _" f() "_offer -f; fi"
    else print "        _" f() "_offer -f"
    print "        ;;"
    print "    esac"
    print "}"
    print "complete -F _" f() " " tool
}
