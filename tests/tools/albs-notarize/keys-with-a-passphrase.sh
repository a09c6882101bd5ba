# SPDX-License-Identifier: GPL-3.0-or-later
# Keys with a passphrase: read from a descriptor, or typed at the terminal; wrong, or nobody there to type it, is one
# error with status 5.
. "$ALBS_SOURCE/tests/lib.sh"
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
ALBS_LEDGER="$work/ledger"
export ALBS_LEDGER
echo secret >passphrase
echo wrong >other
: >empty
expect 0 albs-notarize init --origin log.example.org --passphrase-fd 3 3<passphrase
for name in log statement; do
    grep -q 'BEGIN ENCRYPTED PRIVATE KEY' "ledger/.state/$name.key" || fail "the $name key is not encrypted"
    expect 0 openssl pkey -in "ledger/.state/$name.key" -passin pass:secret -noout
done
expect_from 0 "$manifest" albs-notarize --passphrase-fd 3 3<passphrase
expect_stderr 'recorded 6 statements'
cp "$out" first.json
# Again, with the manifest as operand and the passphrase on standard input: the same bytes, whatever the nonces were.
expect_from 0 passphrase albs-notarize --passphrase-fd 0 "$manifest"
expect_stderr 'recorded 0 statements'
same "$out" first.json
expect 0 albs-notarize verify --log-key ledger/log.vkey first.json
expect 0 albs-notarize audit --log-key ledger/log.vkey ledger

expect_refusal 5 "wrong passphrase for '$work/ledger/.state/log.key'" albs-notarize files passphrase --passphrase-fd 3 \
    3<other
expect_refusal 5 'no passphrase in it' albs-notarize files passphrase --passphrase-fd 3 3<empty
for bad in 9 x -1 99999999999; do
    expect_refusal 2 "'$bad' is no open descriptor" albs-notarize files passphrase "--passphrase-fd=$bad"
done
# Nobody there.
expect_refusal 5 'no terminal to ask for it' setsid -w albs-notarize files passphrase
expect_stderr 'hint: .*--passphrase-fd'
[ "$(sed -n 2p ledger/checkpoint)" = 6 ] || fail 'something was recorded'

# Somebody there: asked once for both keys, shown is nothing; a wrong one may be typed again.
cat >terminal.py <<'END'
# terminal.py TYPED COMMAND...: each time the command asks, the next of TYPED (by commas; ^C for the key) is typed.
# Prints what the terminal shows, and whether it shows what is typed: while it is asked, and at the end.
import os, pty, re, sys, termios
typed = sys.argv[1].split(",")
child, terminal = pty.fork()
if child == 0:
    os.execvp("sh", ["sh", "-c", 'exec "$@" >tty.out 2>tty.err', "sh"] + sys.argv[2:])
def echo():
    return "shown" if termios.tcgetattr(terminal)[3] & termios.ECHO else "hidden"
seen, asked, states = b"", 0, []
while True:
    try:
        more = os.read(terminal, 4096)
    except OSError:
        break
    if not more:
        break
    seen += more
    while len(re.findall(rb"': ", seen)) > asked and asked < len(typed):
        states.append(echo())
        os.write(terminal, b"\x03" if typed[asked] == "^C" else typed[asked].encode() + b"\n")
        asked += 1
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(seen.decode(), *states, echo())
sys.exit(status if status >= 0 else 128 - status)
END
expect 0 python3 terminal.py secret albs-notarize files passphrase
expect_stdout "^Passphrase for '$work/ledger/.state/log.key': "
[ "$(grep -c Passphrase "$out")" = 1 ] || fail 'it asked twice'
expect_stdout ' hidden shown$'
grep -q secret "$out" && fail 'the passphrase was shown'
[ -s tty.out ] || fail 'no manifest'
expect 0 python3 terminal.py wrong,secret albs-notarize files other
expect 5 python3 terminal.py a,b,c albs-notarize files empty
[ ! -s tty.out ] || fail 'a manifest'
grep -q "error: wrong passphrase for '$work/ledger/.state/log.key'" tty.err || fail "it says: $(cat tty.err)"
expect 130 python3 terminal.py ^C albs-notarize files empty
expect_stdout ' hidden shown$'

# New keys are as well kept as the old ones.
expect 0 albs-notarize rotate-key --passphrase-fd 3 3<passphrase
grep -q 'BEGIN ENCRYPTED PRIVATE KEY' ledger/.state/log.key || fail 'the new key is not encrypted'
expect 0 albs-notarize rotate-key --drop-old --passphrase-fd 3 3<passphrase
expect_from 0 first.json albs-notarize --passphrase-fd 3 3<passphrase
expect_stderr 'recorded 0 statements'
