# SPDX-License-Identifier: GPL-3.0-or-later
# A server may drop partial tiles once the full one exists: a reader whose checkpoint is older takes the beginning of
# the full one, and believes no more of it than the checkpoint signs. With neither, there is nothing to believe.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
export XDG_CACHE_HOME=/proc/none # nothing is kept: a good copy would hide what the server changes
make_files 520
expect_from 0 "$manifest" albs-notarize
expect 0 albs-notarize files files/1*
entries=$(sed -n 2p "$ALBS_LEDGER/checkpoint")
[ "$entries" -lt 256 ] || fail "too many entries: $entries"
cp "$ALBS_LEDGER/checkpoint" older
expect 0 albs-notarize files files/*
mkdir -p served/files
publish() {
    rm -rf served/files/*
    (cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C served/files
    cp older served/files/checkpoint
    rm -rf served/files/tile/0/000.p served/files/tile/entries/000.p
}
publish
[ ! -e "served/files/tile/0/000.p/$entries" ] || fail 'the partial tile is there'
start_server served || skip 'no server'
defer stop_server
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
# Other machines, each with a memory of its own.
reader() { XDG_STATE_HOME="$work/reader" albs-notarize "$1" --ledger "$files_url" --log-key "$key" "$2"; }
audit() { XDG_STATE_HOME="$work/reader" albs-notarize audit --log-key "$key" "$files_url"; }
expect 0 reader show $digest
expect_json '.entries[0].predicate.albs_binding.nevra' p1-1-1.x86_64
grep -q "^GET /files/tile/0/000.p/$entries 404$" "$server_log" || fail 'the partial tile was not asked for first'
grep -q '^GET /files/tile/0/000 200$' "$server_log" || fail 'the full tile was not asked for'
grep -q '^GET /files/tile/entries/000 200$' "$server_log" || fail 'the full bundle was not asked for'
expect 0 audit
expect_stdout "^consistent log.example.org entries=$entries statements=$entries$"
# What the full tile has beyond the checkpoint is not signed by it, and is not shown.
later=$(jq -rR 'fromjson | .payload | @base64d | fromjson | .subject[0].digest.sha256' \
    "$ALBS_LEDGER/attestations/000.intoto.jsonl" | sed -n 250p)
expect 1 reader show "$later"
# A lie in what is signed shows as ever.
printf X | dd of=served/files/tile/0/000 bs=1 seek=70 conv=notrunc 2>/dev/null
expect 4 reader show $digest
expect_empty_stdout
expect_stderr 'do not have the root that its checkpoint signs'
publish
# Only the tile of another width: it is not guessed at, and "not there" is not "not recorded".
mkdir -p served/files/tile/0/000.p served/files/tile/entries/000.p
for kind in 0 entries; do
    mv served/files/tile/$kind/000 served/files/tile/$kind/000.p/$((entries + 1))
done
expect 3 reader show $digest
expect_empty_stdout
expect_stderr 'tile/0/000'
expect 3 reader verify "$manifest"
expect_empty_stdout
