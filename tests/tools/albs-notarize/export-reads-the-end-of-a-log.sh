# SPDX-License-Identifier: GPL-3.0-or-later
# export --ledger finds changes of status in the log's list of them, and reads of the rest what it exports. What the
# list names and the log withholds is said. show has to read all of a log, once: what is full is kept.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
XDG_CACHE_HOME="$work/cache"
export XDG_CACHE_HOME
digest_of() { sha256sum "$1" | cut -c1-64; }
make_files 1500
expect 0 albs-notarize files files
rm -rf files
make_files 1800
echo marked >marked
echo other >other
expect 0 albs-notarize files marked other
cp "$out" m.json
mark=$(sed -n 2p "$ALBS_LEDGER/checkpoint")
expect 0 albs-notarize mark --reason backdoor "$(digest_of marked)"
[ "$(cat "$out")" = "log.example.org#$mark" ] || fail 'not where the mark was expected'
expect 0 albs-notarize files files
start_server "$work/server"
trap stop_server EXIT
publish() {
    rm -rf "$work/server/files/log"
    mkdir "$work/server/files/log"
    (cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C "$work/server/files/log"
}
publish
asked() { wc -l <"$server_log"; }
# exported STATUS DIRECTORY
exported() {
    : >"$server_log"
    rm -rf "$2"
    mkdir "$2"
    expect_from "$1" m.json albs-notarize export --log-key "$key" --ledger "$files_url/log" "$2"
}
exported 0 first
! grep -q 'attestations/00[0-4]' "$server_log" || fail "the whole log was read: $(cat "$server_log")"
[ "$(asked)" -le 14 ] || fail "$(asked) requests: $(cat "$server_log")"
exported 0 second
[ "$(asked)" -le 10 ] || fail "$(asked) requests for a second look: $(cat "$server_log")"
# The same as out of the directory, where all statements are at hand.
mkdir local
expect_from 0 m.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" local
diff -r local first >"$out" || fail 'other files than from the directory'
[ -s first/marked.status.sigstore.json ] || fail 'the mark was not exported'
cp marked first
expect 1 albs-notarize verify --log-key "$key" first/marked
expect_stdout '^revoked first/marked$'
# The statement that the list names is withheld: said, with status 1, and the rest is exported.
rm -rf "$XDG_CACHE_HOME"
file="$work/server/files/log/attestations/$(printf %03d $((mark / 256))).intoto.jsonl"
line=$((mark % 256 + 1))
sed -i "${line}s/.*//" "$file"
exported 1 withheld
expect_stderr "warning: $(digest_of marked): entry $mark of the log says that it is revoked: backdoor; there is no proof"
[ -s withheld/marked.sigstore.json ] || fail 'the rest was not exported'
[ ! -e withheld/marked.status.sigstore.json ] || fail 'what is withheld was exported'
# Another one that nobody lists.
echo late >late
expect 0 albs-notarize files late
publish
last=$(find "$work/server/files/log/attestations" -name '*.jsonl' | sort | tail -1)
sed -i '$s/.*//' "$last"
rm -rf "$XDG_CACHE_HOME"
exported 0 other
expect_stderr 'warning: 1 statements of the log are withheld: a change of status may be among them'
# A statement that is not what its entry says.
publish
sed -i "${line}s/.*/{}/" "$file"
rm -rf "$XDG_CACHE_HOME"
exported 4 false
expect_empty_stdout
expect_stderr "'attestations/$(printf %03d $((mark / 256))).intoto.jsonl'"
[ ! -e false/trusted_root.json ] || fail 'it was exported'

publish
rm -rf "$XDG_CACHE_HOME"
show() {
    : >"$server_log"
    expect 0 albs-notarize show --log-key "$key" --ledger "$files_url/log" "$(digest_of marked)"
    expect_json '.entries | length' 2
}
show
[ "$(asked)" -ge 18 ] || fail "a show of the whole log took $(asked) requests"
show
[ "$(asked)" -le 10 ] || fail "a second show took $(asked) requests: $(cat "$server_log")"
