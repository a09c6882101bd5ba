# SPDX-License-Identifier: GPL-3.0-or-later
# While the old key signs along, who knows one of them verifies new proofs; who has both lines verifies old ones too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" before.json
cp "$key" old.vkey
expect 0 albs-notarize rotate-key
[ "$(wc -l <"$key")" = 2 ] || fail 'log.vkey does not name both keys'
sed -n 1p "$key" >new.vkey
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
cp "$out" between.json
for good in "$key before.json" 'old.vkey before.json' "$key between.json" 'old.vkey between.json' \
    'new.vkey between.json'; do
    # shellcheck disable=SC2086 # key and manifest
    expect 0 albs-notarize verify --log-key $good
done
# A manifest of before goes on being recorded.
expect_from 0 before.json albs-notarize
expect_stderr 'recorded 0 statements'
expect 0 albs-notarize rotate-key --drop-old
expect 0 albs-notarize files "$ALBS_SOURCE/tests/lib.sh"
cp "$out" after.json
expect 0 albs-notarize verify --log-key new.vkey after.json
expect 1 albs-notarize verify --log-key old.vkey after.json
expect_stdout '^absent '
expect_stderr 'cannot be proved with this key'
expect 0 albs-notarize audit --log-key new.vkey "$ALBS_LEDGER"
expect 3 albs-notarize rotate-key --drop-old
expect_stderr 'no old key'
# Another change behind one is another change: it says what the first key cannot do any more.
expect 0 albs-notarize rotate-key
first=$(cat "$out")
! grep -q warning "$err" || fail 'a warning where every key is known'
expect 0 albs-notarize rotate-key -q
[ "$(cat "$out")" != "$first" ] || fail 'a second change has the key of the first'
expect_stderr "warning: 'log.example.org+[0-9a-f]*', which signed along, does not sign any more"
[ "$(jq '.vkeys | length' "$ALBS_LEDGER/log.json")" = 4 ] || fail 'not four keys'
# One that nobody heard of is finished, whatever was written since, and is no other one: its output went nowhere.
expect 5 albs-notarize rotate-key -q -o none/such
unheard=$(sed -n 1p "$key")
expect 0 albs-notarize files "$ALBS_SOURCE/tests/lib.sh"
expect 0 albs-notarize rotate-key -n
expect_stderr 'would finish the change of keys that was interrupted'
expect 0 albs-notarize rotate-key
[ "$(cat "$out")" = "$unheard" ] || fail 'not the key of the change that was interrupted'
expect_stderr 'finished the change of keys that was interrupted'
expect 0 albs-notarize rotate-key --drop-old -o dropped
expect 0 albs-notarize rotate-key
[ "$(cat "$out")" != "$unheard" ] || fail 'it was not changed again'
expect 5 albs-notarize rotate-key --drop-old -q -o none/such
expect 0 albs-notarize rotate-key --drop-old
expect 3 albs-notarize rotate-key --drop-old
# A key of one's own: the same command finishes it; another key is another change.
command -v openssl >/dev/null || exit 0
umask 077
for name in one two; do openssl genpkey -algorithm ED25519 -out $name.pem 2>"$err"; done
expect 5 albs-notarize rotate-key --key one.pem -q -o none/such
expect 0 albs-notarize rotate-key --key one.pem
expect 2 albs-notarize rotate-key --key one.pem
expect_stderr 'has, or had, that key already'
expect 5 albs-notarize rotate-key --key two.pem -q -o none/such
expect 0 albs-notarize rotate-key
[ "$(cat "$out")" = "$(sed -n 1p "$key")" ] || fail 'not the present key'
for name in three four; do openssl genpkey -algorithm ED25519 -out $name.pem 2>"$err"; done
expect 5 albs-notarize rotate-key --key three.pem -q -o none/such
expect 0 albs-notarize rotate-key --key four.pem
[ "$(jq '.vkeys | length' "$ALBS_LEDGER/log.json")" = 10 ] || fail "not ten keys: $(cat "$ALBS_LEDGER/log.json")"
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
