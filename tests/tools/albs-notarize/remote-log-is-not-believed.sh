# SPDX-License-Identifier: GPL-3.0-or-later
# A log over HTTP: whatever its server changes in a tile, a bundle of entries, the checkpoint or a statement is tamper
# (status 4, no report); what a server cannot give now is status 75, and short breaks are overcome.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
export XDG_CACHE_HOME=/proc/none # nothing is kept: a good copy would hide what the server changes
# More than one tile: 306 entries, the partial tile and bundle 1 have 50.
make_files 300
expect_from 0 "$manifest" albs-notarize
cp "$out" old.json
expect 0 albs-notarize files files/*
mkdir -p served/files
publish() {
    rm -rf served/files/*
    (cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C served/files
}
publish
start_server served || skip 'no server'
defer stop_server
first=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a # entry 2
last=$(jq -rR '(fromjson | .payload) | @base64d | fromjson | .subject[0].digest.sha256' \
    "$ALBS_LEDGER/attestations/001.intoto.jsonl" | tail -1)
show() { albs-notarize show --ledger "$files_url" --log-key "$key" "$1"; }
# Who reads no entries asks for the tile of a full bundle.
prove() { albs-notarize prove --ledger "$files_url" --log-key "$key" old.json; }
audit() { albs-notarize audit --log-key "$key" "$files_url"; }
expect 0 show $first
expect_json '.entries[0].predicate.albs_binding.nevra' p1-1-1.x86_64
expect 0 show "$last"
expect 0 audit
expect_stdout '^consistent log.example.org entries=306 statements=306$'

# flip FILE OFFSET: one byte of it is another.
flip() {
    chmod u+w "served/files/$1"
    python3 -c '
import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(int(sys.argv[2]))
    byte = file.read(1)
    file.seek(int(sys.argv[2]))
    file.write(bytes([byte[0] ^ 1]))' "served/files/$1" "$2"
}
# refused DIGEST MESSAGE: who asks for that statement is told nothing but why.
refused() {
    expect 4 show "$1"
    expect_empty_stdout
    expect_stderr "$2"
    publish
}
refused_proof() {
    expect 4 prove
    expect_empty_stdout
    expect_stderr "$1"
    publish
}
expect 0 prove
flip tile/0/000 64 # the hash of entry 2
refused_proof "'tile/0/000' is not what the tiles above it say"
flip tile/0/000 5000 # of a neighbour
refused_proof "'tile/0/000' is not what the tiles above it say"
flip tile/1/000.p/1 0
refused $first 'the tiles of the log do not have the root that its checkpoint signs (size 306)'
flip tile/0/001.p/50 0
refused "$last" 'the tiles of the log do not have the root that its checkpoint signs (size 306)'
flip tile/entries/000 600 # inside entry 1
refused $first "entry 1 in 'tile/entries/000' is not what the tree holds"
flip tile/entries/001.p/50 100
refused "$last" "entry 256 in 'tile/entries/001.p/50' is not what the tree holds"
# Hashes that fit no width.
truncate -s -32 served/files/tile/0/000
refused_proof "'tile/0/000' has 8160 bytes, not 8192"
truncate -s -1 served/files/tile/entries/000
refused $first "'tile/entries/000'"
# The checkpoint: its size, its root, its signature, another log's.
for change in 2s/306/305/ '3s/^./A/' '5s/\(.*\)..../\1AAAA/' 1s/example/elsewhere/; do
    sed -i "$change" served/files/checkpoint
    ! cmp -s served/files/checkpoint "$ALBS_LEDGER/checkpoint" || fail "'$change' changed nothing"
    refused $first 'checkpoint\|no log of the policy\|signature'
done
# A statement under another's place, and one that is none.
sed -i '3{h;d};4{G}' served/files/attestations/000.intoto.jsonl
refused $first "'attestations/000.intoto.jsonl'"
sed -i '3s/.*/{}/' served/files/attestations/000.intoto.jsonl
refused $first "'attestations/000.intoto.jsonl'"
# audit says what show would not meet, too.
flip tile/0/000 5000
expect 4 audit
expect_empty_stdout
expect_stderr 'inconsistenc'
publish

# Breaks: one is overcome, too many are status 75 and never "not there".
bundle=served/files/attestations/000.intoto.jsonl
echo 'cut 1000' >$bundle.fault
expect 0 show $first
[ "$(grep -c '^GET /files/attestations/000.intoto.jsonl 200' "$server_log")" -gt 1 ] || fail 'not asked again'
unable() {
    for _ in 1 2 3 4; do echo "$2"; done >"served/files/$1.fault"
    case $1 in
    tile/0/*) expect 75 prove ;;
    *) expect 75 show $first ;;
    esac
    expect_empty_stdout
    [ ! -e "served/files/$1.fault" ] || fail "$1 was not asked for as often as that"
}
for file in checkpoint tile/0/000 tile/entries/000 attestations/000.intoto.jsonl; do
    unable $file 'status 503 0'
done
unable tile/0/000 'cut 1000'
stop_server
expect 75 show $first
expect_empty_stdout
