# SPDX-License-Identifier: GPL-3.0-or-later
# A directory or a web server; offline the one, without private files the other.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v python3 >/dev/null || skip 'no python3 to serve the log with'
expect_from 0 "$manifest" albs-notarize
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stdout '^consistent log.example.org entries=6 statements=6$'
expect 3 albs-notarize audit --log-key "$key" "$work/nowhere"
expect_empty_stdout
expect_stderr "no log at '$work/nowhere'"
expect 0 albs-notarize show ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
expect_json '.entries[0].predicate.albs_binding.nevra' 'p1-1-1.x86_64'
expect_json '.entries[0].predicate.albs_record.value | keys_unsorted | join(" ")' 'Name Kind Size Hash Signer Metadata'
expect 1 albs-notarize show "$(printf '%064d' 0)"

mkdir public
(cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C public
python3 -u -m http.server --bind 127.0.0.1 --directory public 0 >server.log 2>&1 &
defer "kill $!"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' server.log)
    [ -n "$port" ] && break
    sleep 0.3
done
expect 0 albs-notarize audit --log-key "$key" "http://127.0.0.1:$port/"
expect_stdout '^consistent log.example.org entries=6'
expect 0 albs-notarize show --ledger "http://127.0.0.1:$port" --log-key "$key" \
    ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a

# A server that serves something else.
rm -rf public/tile public/attestations
printf 'x' | dd of=public/checkpoint bs=1 seek=30 conv=notrunc 2>/dev/null
expect 4 albs-notarize audit --log-key "$key" "http://127.0.0.1:$port/"
expect_empty_stdout
expect_stderr 'inconsistenc'
