# SPDX-License-Identifier: GPL-3.0-or-later
# init --from makes a writer again out of the public files and the keys: it goes on where the log ended. It refuses a copy
# that is behind what anybody knows, is not whole or does not hold, and leaves a whole ledger or none.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
openssl genpkey -quiet -algorithm ed25519 -out log.pem 2>"$err" || openssl genpkey -algorithm ed25519 -out log.pem 2>"$err" ||
    fail 'no key'
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out statement.pem 2>"$err" || fail 'no key'
openssl genpkey -algorithm ed25519 -out other.pem 2>"$err" || fail 'no key'
chmod 600 ./*.pem
expect 0 albs-notarize init --origin log.example.org --key log.pem --statement-key statement.pem --ledger lost
cp lost/log.vkey log.vkey
mkdir files
for i in $(seq 0 299); do echo "$i" >"files/$i"; done
expect 0 albs-notarize files --ledger lost files/?
cp "$out" first.json
mirror() { mkdir -p "$1" && (cd lost && tar cf - --exclude=.state .) | tar xf - -C "$1"; }
mirror behind
expect 0 albs-notarize files --ledger lost files/??
expect 0 albs-notarize mark --ledger lost --reason 'a backdoor' "$(sha256sum files/1 | cut -c1-64)"
expect 0 albs-notarize files --ledger lost files/???
mkdir -p served/files
mirror served/files/mirror
ln -s served/files/mirror mirror
cp lost/checkpoint newest
expect 0 albs-notarize verify --remember verifier --log-key log.vkey --ledger lost files/0
mv lost gone
start_server served || skip 'no server'
defer stop_server

init() { albs-notarize init --from "$@"; }
again() { init "$@" --key log.pem --statement-key statement.pem --ledger ledger; }
# Behind what is remembered here, behind or beside what is given on a machine that remembers nothing.
nothing_made() {
    expect_empty_stdout
    [ ! -e ledger ] && [ -z "$(find . -maxdepth 1 -name 'albs-tmp-*' -o -maxdepth 1 -name 'ledger*')" ] || fail "made: $(ls)"
}
expect 4 again behind
expect_stderr 'the log had 301 entries and now has 10'
nothing_made
export ALBS_REMEMBER="$work/nothing"
expect 4 again behind --checkpoint newest
expect_stderr 'the log had 301 entries and now has 10'
nothing_made
cp -a behind fork # with the same keys, by somebody else
ALBS_REMEMBER="$work/forker" expect 0 init fork --key log.pem --statement-key statement.pem --ledger forked
ALBS_REMEMBER="$work/forker" expect 0 albs-notarize files --ledger forked files/???
expect 4 init forked --key log.pem --statement-key statement.pem --ledger ledger --checkpoint newest
nothing_made
rm -rf "$ALBS_REMEMBER"
expect 0 again behind -n
expect_stderr 'nothing is remembered of it here, and no --checkpoint was given'
nothing_made
# A mirror that got tiles before their checkpoint: the log has gone on.
cp behind/checkpoint old
for log in mirror "$files_url/mirror"; do
    cp mirror/checkpoint kept && cp old mirror/checkpoint
    expect 4 again "$log"
    expect_stderr 'the log went on'
    nothing_made
    cp kept mirror/checkpoint
done
# The same in a directory, of tiles and bundles that are not full.
for tile in tile/0/000.p tile/entries/000.p; do
    rm -rf wider && cp -a behind wider
    cp "wider/$tile/10" "wider/$tile/11"
    expect 4 again wider
    expect_stderr "'$tile/11' has entries that the checkpoint does not cover: the log went on"
    nothing_made
done
unset ALBS_REMEMBER
# What is not whole or does not hold.
spoil() {
    rm -rf copy && cp -a mirror/. copy
    (cd copy && eval "$1")
    expect "$2" init copy --key log.pem --statement-key statement.pem --ledger ledger
    nothing_made
}
spoil 'rm tile/entries/000' 3
spoil 'rm tile/0/000' 3
spoil 'rm log.json' 3
spoil 'rm checkpoint' 3
spoil 'printf x | dd of=tile/entries/000 bs=1 seek=600 conv=notrunc 2>/dev/null' 4
spoil 'printf xxxx | dd of=tile/0/000 bs=1 seek=600 conv=notrunc 2>/dev/null' 4
spoil "sed -i '1{h;d};2{G}' attestations/000.intoto.jsonl" 4
spoil 'sed -i s/log.example/other.example/ log.json' 4
expect_stderr "log.json is of 'other.example.org', the checkpoint of 'log.example.org'"
# The keys, the place, the words.
expect 3 init mirror --key other.pem --statement-key statement.pem --ledger ledger
expect_stderr "'other.pem' is not a key of the log 'log.example.org'"
nothing_made
# One that only signs along, after a change of keys, is not the one to go on with.
cp -a gone rotated
expect 0 albs-notarize rotate-key --remember rotator --ledger rotated
expect 3 init rotated --key log.pem --statement-key statement.pem --remember rotator --ledger ledger
expect_stderr "'log.pem' is not the key that signs for 'log.example.org'"
nothing_made
expect 2 init mirror --ledger ledger
expect_stderr 'needs the key of the log'
expect 2 init mirror --key log.pem --origin x.example.org --ledger ledger
expect 2 albs-notarize init --origin x.example.org --checkpoint newest --ledger ledger
expect 2 init mirror --key log.pem --statement-key statement.pem --ledger behind
expect_stderr 'is there already and not empty'
expect 3 again nowhere
nothing_made
expect 5 again mirror --remember log.pem/below
expect_stderr 'log.pem'
nothing_made

# It goes on: from a directory and from a server.
for log in mirror "$files_url/mirror"; do
    rm -rf ledger && mkdir ledger
    export XDG_STATE_HOME="$work/state-${log%%:*}"
    expect 0 init "$log" --key log.pem --statement-key statement.pem --ledger ledger --checkpoint newest
    same "$out" log.vkey
    head="$XDG_STATE_HOME/albs/heads/$(printf log.example.org | sha256sum | cut -c1-64)"
    [ "$(sed -n 2p "$head")" = 301 ] || fail 'it is not remembered'
    expect 0 albs-notarize audit --log-key log.vkey ledger
    expect_stdout '^consistent log.example.org entries=301 statements=301$'
    [ "$(stat -c %a ledger ledger/.state | tr '\n' ' ')" = '755 700 ' ] || fail 'the modes are others'
    # What is recorded already stays where it is, its old proof holds, and the revocation is known.
    jq -c '.notarizations = [] | .stages = []' first.json >bare.json
    expect_from 0 bare.json albs-notarize --ledger ledger
    jq -e '.notarizations | map(select(.kind == "file") | .index) | length == 10 and max < 10' "$out" >/dev/null ||
        fail 'it was recorded again'
    expect_stderr 'a backdoor'
    [ "$(sed -n 2p ledger/checkpoint)" = 301 ] || fail 'something was recorded'
    echo new >new
    expect 0 albs-notarize files --ledger ledger new
    expect 0 albs-notarize verify --remember verifier --log-key log.vkey --ledger ledger first.json files/0 new
    expect 0 albs-notarize audit --checkpoint newest --log-key log.vkey ledger
    expect_stdout 'entries=302 '
    rm -rf verifier
done
# With another statement key, which is listed; with a new one.
rm -rf ledger
export ALBS_REMEMBER="$work/third"
expect 0 init mirror --key log.pem --ledger ledger
[ "$(jq '.statement_keys | length' ledger/log.json)" = 2 ] || fail 'the new key is not listed'
expect 0 albs-notarize files --ledger ledger new
expect 0 albs-notarize audit --log-key log.vkey ledger
# Killed at any call that changes files: no ledger, or a whole one; and the next run completes and removes what is left.
unset ALBS_REMEMBER
fault="$ALBS_BUILD/tests/libalbs_fault.so"
if [ -e "$fault" ]; then
    rm -rf ledger small "$XDG_STATE_HOME"
    mkdir small && cp -a behind/. small
    expect 0 env ALBS_FAULT_COUNT="$work/count" LD_PRELOAD="$fault" albs-notarize init --from small --key log.pem \
        --statement-key statement.pem --ledger ledger
    calls=$(cat count)
    [ "$calls" -gt 40 ] || fail "only $calls calls"
    for at in $(seq 1 4 "$calls") $((calls - 1)) "$calls"; do
        rm -rf ledger "$XDG_STATE_HOME"
        env ALBS_FAULT="$at:kill" LD_PRELOAD="$fault" albs-notarize -q init --from small --key log.pem \
            --statement-key statement.pem --ledger ledger >"$out" 2>"$err"
        [ -e ledger ] || expect 0 again small
        expect 0 albs-notarize audit --log-key log.vkey ledger
        expect 0 albs-notarize files --ledger ledger new
        expect 0 albs-notarize audit --log-key log.vkey ledger
        expect_stdout 'entries=11 '
        # What KILL left, the run that makes the next temporary there removes.
        rm -rf ledger "$XDG_STATE_HOME"
    done
    expect 0 again small
    [ -z "$(find . -maxdepth 1 -name 'albs-tmp-*')" ] || fail "left: $(ls)"
else
    echo 'note: not killed (a sanitizer build)'
fi
