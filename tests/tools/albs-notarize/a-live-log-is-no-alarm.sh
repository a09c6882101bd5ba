# SPDX-License-Identifier: GPL-3.0-or-later
# Audits of a log that is written meanwhile, in its directory and over HTTP: each sees the log of one checkpoint, and
# what came later is no alarm. The log grows over the end of a bundle and a tile. Every fifth record waits for a round
# of audits to begin, so that the audits see a log that grows on a fast machine, too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 300
expect 0 albs-notarize files $(seq -f files/%g 0 239)
cp "$key" log.vkey
mkdir -p served
ln -s "$ALBS_LEDGER" served/files
start_server served || skip 'no server'
defer stop_server
mkfifo begun
exec 3<>begun
(
    for i in $(seq 240 299); do
        [ $((i % 5)) != 0 ] || read -r _ <&3
        albs-notarize -q files "files/$i" >/dev/null 2>"writer-$i" || exit 1
    done
    albs-notarize -q mark --reason 'a broken compiler' "$(sha256sum files/0 | cut -c1-64)" >/dev/null 2>writer-mark
) &
writer=$!
audits=0
sizes=
while kill -0 $writer 2>/dev/null; do
    echo >&3
    # One auditor remembers for itself; the other shares its memory with the writer.
    for log in "$ALBS_LEDGER" "$files_url"; do
        memory=$XDG_STATE_HOME/albs/heads
        [ "$log" != "$files_url" ] || memory=$work/heads
        expect 0 albs-notarize audit --remember "$memory" --log-key log.vkey "$log"
        expect_stdout '^consistent log.example.org entries=[0-9]* statements=[0-9]*$'
        sizes="$sizes $(sed 's/.*entries=\([0-9]*\).*/\1/' "$out")"
        audits=$((audits + 1))
    done
done
wait $writer || fail "the writer failed: $(cat writer-*)"
# It was a live log that they saw.
different=$(printf '%s\n' $sizes | sort -u | wc -l)
[ "$audits" -ge 10 ] && [ "$different" -ge 5 ] || fail "$audits audits saw $different sizes: $sizes"
expect 0 albs-notarize audit --log-key log.vkey "$ALBS_LEDGER"
expect_stdout 'entries=301 '
echo "$audits audits saw $different sizes"
