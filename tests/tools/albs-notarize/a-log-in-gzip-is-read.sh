# SPDX-License-Identifier: GPL-3.0-or-later
# A server may send any resource of a log in gzip, asked or not (C2SP tlog-tiles). What is in it counts, its size too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" good.json
mkdir -p served/files
(cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C served/files
for file in checkpoint log.json log.vkey tile/0/000.p/6 tile/entries/000.p/6 attestations/000.intoto.jsonl; do
    touch "served/files/$file.gzipped"
done
start_server served || skip 'no server'
defer stop_server
expect 0 albs-notarize audit --log-key "$key" "$files_url"
expect_stdout '^consistent log.example.org entries=6 statements=6$'
expect 0 albs-notarize verify --require-status --ledger "$files_url" --log-key "$key" good.json
# A small answer that becomes a large one is no more than a large one: it is not unpacked to its end.
truncate -s 1000M huge
gzip -1 <huge >served/files/huge.gz
rm huge
for limit in 8192:tile/0/000.p/6 16777472:tile/entries/000.p/6 67108864:attestations/000.intoto.jsonl; do
    file=${limit#*:}
    for _ in 1 2 3 4; do echo 'packed huge.gz'; done >"served/files/$file.fault"
    # A sanitizer reserves more than any limit gives.
    expect 4 sh -c '[ -n "${ALBS_SANITIZED:-}" ] || ulimit -v 2000000; exec "$@"' - albs-notarize audit --log-key "$key" "$files_url"
    expect_empty_stdout
    expect_stderr "the answer is larger than ${limit%%:*} bytes"
    rm -f "served/files/$file.fault"
done
