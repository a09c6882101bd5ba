# SPDX-License-Identifier: GPL-3.0-or-later
# gc removes roots that were not used for long or are too much, and never one that a build uses; and what was downloaded
# for roots that are gone.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
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
build='sleep 8
%\{__cc\} %\{optflags\} %\{build_ldflags\} slow.c -o slow' spec slow
source_package slow
manifest_of slow >slow.json
albs-build --lock lock.json <slow.json >/dev/null 2>slow.err &
slow=$!
tries=0
until grep -rqs '^+ sleep 8' .albs/builds || [ $tries = 300 ]; do tries=$((tries + 1)); sleep 0.1; done
[ $tries -lt 300 ] || fail "the build did not come to its sleep: $(cat slow.err)"
expect 0 albs-build gc --unused 1s --most 1K
expect_json '.roots[0] | "\(.removed) \(.reason)"' 'false null'
wait $slow || fail "the build did not work: $(cat slow.err)"
[ -e ".albs/roots/$digest/tree/usr" ] || fail 'a root in use was removed'

# Packages of a root that stays, and whatever was used, stay; so does metadata until nobody asks for it.
expect 0 albs-build lock --repo "base=file://$distro/base" test-release -o small.json
repository=$(ls .albs/metadata)
find .albs/dnf -type f -exec touch -d '30 days ago' {} +
echo old >.albs/dnf/partial/stray && touch -d '30 days ago' .albs/dnf/partial/stray
expect 0 albs-build lock --lock small.json --offline -o again.json
count=$(find .albs/dnf/sha256 -type f | wc -l)
expect 0 albs-build gc --dry-run
expect_stderr "would remove 1 of $((count + 1)) packages"
[ -e .albs/dnf/partial/stray ] || fail 'a dry run removed it'
expect 0 albs-build gc
expect_json '.packages | "\(.count) \(.removed) \(.freed)"' "$((count + 1)) 1 4"
expect_json '.metadata[0] | "\(.name) \(.removed) \(.size > 0)"' "$repository false true"
[ "$(find .albs/dnf/sha256 -type f | wc -l)" = "$count" ] || fail 'packages that are needed were removed'
touch -a -d '30 days ago' ".albs/metadata/$repository/lock"
expect 0 albs-build gc
expect_json '.metadata[0].removed'
[ "$(ls ".albs/metadata/$repository")" = lock ] || fail 'metadata is left'

expect 0 albs-build gc --most 1K
expect_json '.roots[0] | "\(.removed) \(.reason)"' 'true size'
expect_json '.packages.removed > 50 and .packages.count - .packages.removed < 10'
[ "$(ls .albs/roots)" = "$digest.lock" ] || fail "something is left: $(ls .albs/roots)"
