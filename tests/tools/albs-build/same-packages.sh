# SPDX-License-Identifier: GPL-3.0-or-later
# Two builds of one manifest, in other workspaces, directories and by other users, give the same packages to the byte.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
package greet
digests() { jq -r '.artifacts[] | select(.kind != "log") | "\(.sha256) \(.name)"' "$1" | sort -u; }
expect_from 0 greet.json albs-build
digests "$out" >first
mkdir -p elsewhere/deep
cp -r .albs/store elsewhere/deep/store
sleep 1
expect_from 0 greet.json env TZ=Asia/Tokyo LANG=tr_TR.UTF-8 HOSTNAME=other albs-build --workspace elsewhere/deep
digests "$out" >second
same first second
[ "$(wc -l <first)" -ge 4 ] || fail "there are too few packages"

[ "$(id -u)" = 0 ] || skip "not root, so there is no other user to try"
plain_user
mkdir plain
cp -r .albs/store plain/store
chown -R $plain_id:$plain_id plain
cd plain || exit 1
# shellcheck disable=SC2086 # words
expect_from 0 ../greet.json $as_user env HOME="$work/plain" albs-build --workspace "$work/plain"
digests "$out" >../third
same ../first ../third
expect_json '.tasks[0].isolation.user' mockbuild
