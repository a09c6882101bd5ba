# SPDX-License-Identifier: GPL-3.0-or-later
# What a remote log cannot change is kept on this machine: a second look fetches what is new. What was kept is checked
# against the checkpoint of this run like what is fetched: a damaged copy is fetched anew, and is no false alarm.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
XDG_CACHE_HOME="$work/cache"
export XDG_CACHE_HOME
make_files 1100
expect 0 albs-notarize files files/9
cp "$out" first.json
mkdir beside
echo beside >beside/file
expect 0 albs-notarize files beside/file
cp "$out" beside.json
expect_from 0 beside.json albs-notarize export --log-key "$key" beside
expect 0 albs-notarize files files/*
cp "$out" all.json
start_server "$work/server"
trap stop_server EXIT
cp -r "$ALBS_LEDGER" "$work/server/files/log"
rm -rf "$work/server/files/log/.state"
verify() { albs-notarize verify --log-key "$key" --ledger "$files_url/log" files/7; }
asked() { wc -l <"$server_log"; }
look() {
    : >"$server_log"
    expect 0 verify
    expect_stdout '^verified files/7$'
}
look
first=$(asked)
# Leaks are looked for with the kernel's means of tracing, which strace has.
[ -z "${ALBS_SANITIZED:-}" ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
if command -v strace >/dev/null; then
    rm -rf "$XDG_CACHE_HOME"
    expect 0 strace -f -qq -e trace=connect -o calls \
        albs-notarize verify --log-key "$key" --ledger "$files_url/log" files/7
    [ "$(grep -c 'AF_INET,' calls)" = 1 ] || fail "more than one connection: $(cat calls)"
else
    echo 'note: no strace here to count connections with'
fi
[ "$first" -ge 13 ] || fail "only $first requests for a log of five bundles"
look
[ "$(asked)" -le 10 ] || fail "$(asked) requests for a second look: $(cat "$server_log")"
! grep -E 'tile/(entries|0)/00[0-3] |attestations/00[0-3]\.' "$server_log" || fail 'what is kept was fetched again'
# What is new since is fetched, and seen.
expect 0 albs-notarize mark --reason backdoor "$(sha256sum files/7 | cut -c1-64)"
rm -rf "$work/server/files/log"
cp -r "$ALBS_LEDGER" "$work/server/files/log"
: >"$server_log"
expect 1 verify
expect_stdout '^revoked files/7$'
[ "$(asked)" -le 10 ] || fail "$(asked) requests for what is new"
# Nor does it matter how much is new, if the file has its proof: the end of the log lists what was marked.
mkdir more
seq -f 'more %.0f' 2000 | split -l 1 -a 3 - more/f
for at in 1 2; do
    # shellcheck disable=SC2046 # none has a space
    expect 0 albs-notarize files $(printf '%s\n' more/* | sed -n "$((1000 * at - 999)),$((1000 * at))p")
    rm -rf "$work/server/files/log"
    cp -r "$ALBS_LEDGER" "$work/server/files/log"
    : >"$server_log"
    expect 0 albs-notarize verify --log-key "$key" --ledger "$files_url/log" beside/file
    expect_stdout '^verified beside/file$'
    [ "$(asked)" -le 10 ] || fail "$(asked) requests after 1000 new entries: $(cat "$server_log")"
done
# Copies that are damaged, or whole and of something else, each kind of them.
kept=$(echo "$XDG_CACHE_HOME"/albs/logs/*)
expect 0 albs-notarize verify --log-key "$key" --ledger "$files_url/log" first.json # its tree is in the first tile
[ -s "$kept/tile/0/000" ] || fail 'no tile is kept'
cp "$kept/tile/0/000" good
printf x | dd of="$kept/tile/0/000" bs=1 seek=300 conv=notrunc 2>/dev/null
expect 0 albs-notarize verify --log-key "$key" --ledger "$files_url/log" first.json
cmp -s good "$kept/tile/0/000" || fail 'a damaged tile was not fetched anew'
for path in tile/entries/001 attestations/001.intoto.jsonl; do
    [ -s "$kept/$path" ] || fail "'$path' is not kept"
    cp "$kept/$path" good
    printf x | dd of="$kept/$path" bs=1 seek=300 conv=notrunc 2>/dev/null
    expect 1 verify
    cmp -s good "$kept/$path" || fail "a damaged '$path' was not fetched anew"
    cp "$kept/$(echo "$path" | sed 's/001/002/')" "$kept/$path"
    expect 1 verify
    expect_stdout '^revoked files/7$'
    cmp -s good "$kept/$path" || fail "another '$path' was not fetched anew"
done
# An audit believes no copy, and nothing is kept where nothing can be.
: >"$server_log"
expect 0 albs-notarize audit --log-key "$key" "$files_url/log"
grep -q 'tile/entries/001 200' "$server_log" || fail 'an audit used a copy'
XDG_CACHE_HOME=/proc/none expect 1 verify
expect_stdout '^revoked files/7$'
# A log that is false is told whatever is kept.
rm -rf "$kept"
chmod u+w "$work/server/files/log/attestations/000.intoto.jsonl"
sed -i '3s/.*/{}/' "$work/server/files/log/attestations/000.intoto.jsonl"
expect 4 verify
expect_empty_stdout
expect_stderr 'attestations/000'
