# SPDX-License-Identifier: GPL-3.0-or-later
# In a real zsh, on a terminal of its own, options, choices and verbs complete for every tool.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/completions/each.sh"
command -v zsh >/dev/null || skip 'zsh is not installed'

mkdir functions
cat >try.zsh <<'END'
# try.zsh: for each line "TEXT" on stdin, what stands on the command line after TEXT and a tab.
zmodload zsh/zpty
zpty shell zsh -f -i
expect() { local text= part; local -i tries=0
    while (( tries++ < 400 )) && [[ $text != *$1* ]]; do zpty -r -t shell part && text+=$part || sleep 0.02; done
    print -r -- "$text" }
zpty -w shell "PS1= PS2= fpath=($PWD/functions \$fpath); unsetopt list_beep; autoload -Uz compinit; compinit -u -d $PWD/dump; unsetopt auto_list list_ambiguous; show() { print -r -- \"<\$BUFFER>\"; BUFFER=; }; zle -N show; bindkey '^X' show; echo re''ady"
expect ready >/dev/null
while IFS= read -r line; do
    zpty -w -n shell "$line"$'\t\x18'
    expect '>' | tr -d '\r' | grep -ao '<[^>]*>' | tail -n 1
done
END
check() { cp "$file" "functions/_$tool"; }
each_tool zsh check
for tool in $tools; do
    for verb in '' $(verbs_of "$tool"); do
        echo "$tool ${verb:+$verb }--log-for|$tool ${verb:+$verb }--log-format="
        echo "$tool ${verb:+$verb }--dry|$tool ${verb:+$verb }--dry-run "
        echo "$tool ${verb:+$verb }--log-format=j|$tool ${verb:+$verb }--log-format=json "
        [ -z "$verb" ] || echo "$tool $verb|$tool $verb "
    done
done >questions
cut -d'|' -f1 questions | timeout 120 zsh -f try.zsh >"$out" 2>"$err" || fail 'zsh failed'
cut -d'|' -f2 questions | sed 's/.*/<&>/' >wanted
cmp -s wanted "$out" || fail "zsh completes otherwise (< wanted, > found): $(diff wanted "$out" | head -20)"
