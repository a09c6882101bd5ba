# SPDX-License-Identifier: GPL-3.0-or-later
# A root whose making was interrupted is never used, and the next run makes it anew; two runs at once make it once. A
# package file that is not what the lock says stops everything.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
package greet
digest=$(sha256sum lock.json | cut -d' ' -f1)
for after in 0.15 0.4 0.8; do
    timeout -s KILL $after albs-build --lock lock.json <greet.json >/dev/null 2>&1
    [ ! -e ".albs/roots/$digest" ] || break
done
mkdir -p ".albs/roots/$digest.new/tree/etc"
albs-build -v --lock lock.json <greet.json >first.json 2>first.err &
one=$!
expect_from 0 greet.json albs-build -v --lock lock.json
wait $one || fail "the other run failed: $(cat first.err)"
[ "$(cat "$err" first.err | grep -c 'made the root')" -le 1 ] || fail 'the root was made twice'
[ ! -e ".albs/roots/$digest.new" ] || fail 'something half made is left'

victim=$(jq -r '[.packages[] | select(.name == "bash").sha256][0]' lock.json)
object=.albs/dnf/sha256/$(printf %.2s "$victim")/$victim
cp "$object" kept
printf X | dd of="$object" bs=1 seek=200000 conv=notrunc 2>/dev/null
jq '.platform = "another"' lock.json >lock2.json
rm -rf .albs/tasks
expect_from 4 greet.json albs-build --lock lock2.json
expect_stderr "package file '.*$victim' was changed"
expect_empty_stdout
rm "$object"
expect_from 3 greet.json albs-build --lock lock2.json
expect_stderr "package 'bash-.*is not in '"
expect_empty_stdout
[ -z "$(find .albs/roots -maxdepth 2 -name tree -path '*.new*')" ] || fail 'a half root is left'
