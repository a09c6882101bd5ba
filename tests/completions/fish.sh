# SPDX-License-Identifier: GPL-3.0-or-later
# In a real fish every tool's options and verbs complete, and so do the values of options that have choices.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/completions/each.sh"
command -v fish >/dev/null || skip 'fish is not installed'

# One fish asks all the questions of a tool: it takes its time to start.
check() {
    {
        echo "source $file"
        echo "complete -C '$tool $verb -' | cut -f1"
        echo "complete -C '$tool $verb --' | cut -f1"
        echo "echo choices (complete -C '$tool $verb --log-format ' | cut -f1)"
        echo "echo verbs (complete -C '$tool ' | cut -f1)"
    } >try.fish
    fish --no-config try.fish >"$out" 2>"$err" || fail "fish does not take $file"
    names "$verb" >wanted
    grep '^-' "$out" | sort -u >found
    [ -z "$(comm -23 wanted found)" ] || fail "$tool $verb: not offered: $(comm -23 wanted found)"
    [ -z "$(comm -13 wanted found)" ] || fail "$tool $verb: offered, but no option: $(comm -13 wanted found)"
    expect_stdout '^choices \(json text\|text json\)$'
    for one in $(verbs_of "$tool"); do grep -q "^verbs .*\\b$one\\b" "$out" || fail "$tool offers no verb $one"; done
}
each_tool fish check
