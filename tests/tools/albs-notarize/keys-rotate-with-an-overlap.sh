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
