# SPDX-License-Identifier: GPL-3.0-or-later
# What happens to stdout is said: a full disk and a closed stdout are status 5. A closed stderr changes nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

got=0
run <in.json >/dev/full 2>"$err" || got=$?
: >"$out"
[ "$got" = 5 ] || fail "a full disk gave status $got"
expect_stderr "^$tool: error: cannot .*standard output.*: No space left on device"
got=0
run <in.json >&- 2>"$err" || got=$?
[ "$got" = 5 ] || fail "a closed stdout gave status $got"
expect_stderr "^$tool: error: .*standard output.*closed"
got=0
run <in.json 1</dev/null 2>"$err" || got=$?
[ "$got" = 5 ] || fail "a stdout that cannot be written gave status $got"
# A closed stderr: the messages go nowhere, the manifest is as ever, and nothing else was opened as fd 2.
run <in.json >with 2>"$err" || fail 'the plain run fails'
got=0
run <in.json >without 2>&- || got=$?
[ "$got" = 0 ] || fail "a closed stderr gave status $got"
same with without
got=0
run <in.json >without 2>/dev/full || got=$?
[ "$got" = 0 ] || fail "a full stderr gave status $got"
same with without
# All three closed: still an answer. Files that the tool opens must not become fd 0, 1 or 2.
got=0
run <&- >&- 2>&- || got=$?
wanted=3
[ "$takes" != operands ] || wanted=5
[ "$got" = "$wanted" ] || fail "with no streams at all the status is $got"
if [ "$takes" = operands ]; then
    expect 0 run <&-
fi
# Streams that do not block, as some CI runners leave them, are waited for: also more than a pipe holds.
[ "$takes" = manifest ] || exit 0
head -c 300000 /dev/zero | tr '\0' a >long
jq -c --rawfile long long '. + {long: $long}' seed.json >big.json
cat >unblocked.py <<'END'
import fcntl, os, subprocess, sys, time
def unblock(fd):
    fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_NONBLOCK)
stdin, feed = os.pipe()
drain, stdout = os.pipe()
unblock(stdin)
unblock(stdout)
with subprocess.Popen(sys.argv[2:], stdin=stdin, stdout=stdout) as tool:
    os.close(stdin)
    os.close(stdout)
    time.sleep(0.2)
    with open(sys.argv[1], "rb") as text, os.fdopen(feed, "wb") as pipe:
        pipe.write(text.read())
    time.sleep(0.3)
    with os.fdopen(drain, "rb") as pipe:
        sys.stdout.buffer.write(pipe.read())
sys.exit(tool.returncode)
END
# shellcheck disable=SC2086 # args are words
expect 0 timeout 20 python3 unblocked.py big.json "$tool" $args
[ "$(wc -c <"$out")" -gt 300000 ] || fail 'cut short'
[ "$gives" != manifest ] || expect_json '.long | length' 300000
