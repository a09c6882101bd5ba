# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for fish. Input: VERB, NAMES, VALUE, CHOICES, HELP.
function quoted(text) { gsub(/\\/, "\\\\", text); gsub(/'/, "\\'", text); return "'" text "'" }
{ lines[NR] = $0; if ($2 == "" && $1 != "") verbs = verbs " " $1 }
END {
    print "# Completion of " tool " for fish, made from its option tables."
    for (n = 1; n <= NR; n++) {
        split(lines[n], field, "\t")
        if (field[1] != "") condition = " -n '__fish_seen_subcommand_from " field[1] "'"
        else condition = verbs == "" ? "" : " -n 'not __fish_seen_subcommand_from" verbs "'"
        if (field[2] == "") {
            if (field[1] != "") print "complete -c " tool " -n 'not __fish_seen_subcommand_from" verbs "' -a " field[1] " -d " quoted(field[5])
            continue
        }
        line = "complete -c " tool condition
        count = split(field[2], names, ",")
        for (i = 1; i <= count; i++) line = line (names[i] ~ /^--/ ? " -l " substr(names[i], 3) : " -s " substr(names[i], 2))
        choices = field[4]
        gsub(",", " ", choices)
        if (field[3] == "") line = line ""
        else if (choices != "") line = line " -x -a " quoted(choices)
        else if (field[3] == "DIR") line = line " -x -a '(__fish_complete_directories)'"
        else if (field[3] ~ /FILE/) line = line " -r -F"
        else line = line " -x"
        print line " -d " quoted(field[5])
    }
}
