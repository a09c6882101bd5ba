# SPDX-License-Identifier: GPL-3.0-or-later
# When the reader of stdout is gone the tool dies of SIGPIPE without a word, as other filters do; also when whoever
# started it ignores SIGPIPE (systemd, many CI runners).
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

gone() {
    {
        sleep 0.3 # by now the reader is gone for sure
        got=0
        "$@" <in.json 2>"$err" || got=$?
        echo "$got" >status
    } | :
    while [ ! -s status ]; do sleep 0.05; done
    [ "$(cat status)" = 141 ] || fail "status $(cat status), wanted 141"
    rm status
    grep -v chatter "$err" | grep -v "^$tool: warning: " | grep -q . && fail 'it is not quiet'
    [ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
}
gone run -q
# shellcheck disable=SC2086 # args are words
gone env --ignore-signal=PIPE "$tool" $args -q
gone "$tool" --help
