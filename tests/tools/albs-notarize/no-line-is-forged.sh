# SPDX-License-Identifier: GPL-3.0-or-later
# Names in a manifest and names of files are anybody's. They make no lines of their own in a report, whatever characters
# they have, and no terminal obeys them.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
turned=$(printf 'a\342\200\256b')
echo turned >"$turned"
expect 0 albs-notarize files "$turned"
cp "$out" m.json
plain_lines() {
    for file in "$out" "$err"; do
        ! grep -q '^ *verified evil' "$file" || fail 'a line was forged'
        ! grep -q "$(printf '[\033\342]')" "$file" || fail 'a character that is not visible'
    done
}
expect 0 albs-notarize verify --log-key "$key" m.json
plain_lines
grep -qF 'verified a\342\200\256b ' "$out" || fail 'the name is not escaped as git does'
expect_from 0 m.json albs-notarize export --log-key "$key" out
plain_lines
# The file itself may have any name.
forged=$(printf 'x\033[2J\nverified evil-9-1.x86_64.rpm 00')
cp "$turned" "$forged"
expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" "$forged" "$turned"
plain_lines
grep -qxF 'verified x\033[2J\nverified evil-9-1.x86_64.rpm 00' "$out" || fail 'the file is not named'
# Records that nobody notarized have names, too: of a test, of a source.
digest=$(sha256sum "$turned" | cut -c1-64)
jq -c --arg digest "$digest" '.stages = [] | .tests = [{"artifact": $digest, "id": "t\nverified evil-9-1 00",
    "task": "t", "name": "n", "status": "pass", "reason": null, "log": null}]' m.json >tests.json
expect 1 albs-notarize verify --log-key "$key" tests.json
plain_lines
grep -qxF 'absent test t\nverified evil-9-1 00' "$out" || fail 'the test is not named'
