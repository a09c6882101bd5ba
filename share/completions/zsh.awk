# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for zsh, by _arguments. Input: VERB, NAMES, VALUE, CHOICES, HELP.
function quoted(text) { gsub(/'/, "'\\''", text); return text }
function escaped(text) { gsub(/\\/, "\\\\", text); gsub(/[\[\]:]/, "\\\\&", text); return quoted(text) }
function action(value, choices) {
    gsub(",", " ", choices)
    if (choices != "") return "(" choices ")"
    if (value == "DIR") return "_files -/"
    if (value ~ /FILE/) return "_files"
    return " "
}
$2 == "" {
    if ($1 != "") verbs = verbs " " $1
    order[++commands] = $1
    next
}
{
    count = split($2, names, ",")
    for (i = 1; i <= count; i++) {
        name = names[i]
        # Any option with a value may stand twice: the description does not say which of them add up.
        if ($3 == "") spec = "'" (count > 1 ? "(" names[1] " " names[2] ")" : "") name "[" escaped($5) "]'"
        else spec = "'*" name (name ~ /^--/ ? "=" : "+") "[" escaped($5) "]:" escaped($3) ":" action($3, $4) "'"
        specs[$1] = specs[$1] "        " spec " \\\n"
    }
}
END {
    print "#compdef " tool
    print "# Completion of " tool " for zsh, made from its option tables."
    print "local verb= word"
    sub(/^ /, "", verbs)
    if (verbs != "") {
        alternatives = verbs
        gsub(" ", "|", alternatives)
        print "for word in ${words[2,CURRENT-1]}; do"
        print "    case $word in"
        print "    (" alternatives ") verb=$word; break ;;"
        print "    esac"
        print "done"
        print "# From the verb on, the line is that of the verb."
        print "while [[ -n $verb && $words[1] != $verb ]]; do shift words; (( CURRENT-- )); done"
    }
    print "case $verb in"
    for (i = 1; i <= commands; i++) {
        print "(" (order[i] == "" ? "''" : order[i]) ")"
        print "    _arguments -s -S \\"
        printf "%s", specs[order[i]]
        if (order[i] == "" && verbs != "")
            print "        '*: :_alternative \"verbs:verb:(" verbs ")\" \"files:file:_files\"'"
        else
            print "        '*:file:_files'"
        print "    ;;"
    }
    print "esac"
}
