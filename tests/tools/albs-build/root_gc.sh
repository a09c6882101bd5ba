# SPDX-License-Identifier: GPL-3.0-or-later
# gc removes roots that were not used for long or are too much, and never one that a build uses.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
. "$ALBS_SOURCE/tests/root_lib.sh"
expect 0 albs-build gc
expect_json '.schema == "albs.gc/1" and .roots == []'
[ ! -e .albs ] || fail 'it made a workspace'
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
package greet
expect_from 0 greet.json albs-build --lock lock.json
digest=$(sha256sum lock.json | cut -d' ' -f1)
expect 0 albs-build gc --unused 1h
expect_json ".roots[0] | \"\\(.lock) \\(.removed) \\(.reason) \\(.size > 1000000)\"" "$digest false null true"
expect 2 albs-build gc --unused soon
expect_stderr "^albs-build: error: --unused 'soon' is no time"

touch -d '3 days ago' ".albs/roots/$digest/boot"
mkdir -p ".albs/roots/$digest.old/tree"
expect 0 albs-build gc --unused 2d --dry-run
expect_stderr "$digest: would remove (unused)"
[ -e ".albs/roots/$digest/tree/usr" ] || fail 'a dry run removed it'
build='sleep 8' spec slow
source_package slow
manifest_of slow >slow.json
albs-build --lock lock.json <slow.json >/dev/null 2>slow.err &
slow=$!
for i in $(seq 100); do pgrep -f 'sleep 8' >/dev/null && break; sleep 0.1; done
expect 0 albs-build gc --unused 1s --most 1K
expect_json '.roots[0] | "\(.removed) \(.reason)"' 'false null'
wait $slow
[ -e ".albs/roots/$digest/tree/usr" ] || fail 'a root in use was removed'
expect 0 albs-build gc --most 1K
expect_json '.roots[0] | "\(.removed) \(.reason)"' 'true size'
[ "$(ls .albs/roots)" = "$digest.lock" ] || fail "something is left: $(ls .albs/roots)"
