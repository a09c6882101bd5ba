# SPDX-License-Identifier: GPL-3.0-or-later
# With this machine's toolchain, too, /tmp, /var/tmp and /dev/shm are for everybody and count as disk. As root and as a
# plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
# Only all three together are too much.
build='for path in /tmp /var/tmp /dev/shm; do stat -c "%n has mode %a" $path; dd if=/dev/zero of=$path/big bs=1M count=40; done; sleep 30' spec filler
source_package filler
manifest_of filler >filler.json
judge() {
    expect_json '.tasks[0] | "\(.status) \(.reason.kind) \(.reason.message)"' \
        'failed disk the build wanted more than 100 MiB of disk'
    log=$(jq -r '.tasks[0].log' "$out")
    [ "$(grep -c ' has mode 1777$' "$1/store/sha256/$(printf %.2s "$log")/$log")" = 3 ] ||
        fail 'not everybody may write to /tmp, /var/tmp and /dev/shm'
}
expect_from 1 filler.json albs-build --disk 100M --timeout 60s
judge .albs

plain_user
mkdir plain
cp -r .albs plain
[ -z "$as_user" ] || chown -R $plain_id:$plain_id plain
# shellcheck disable=SC2086 # words
expect_from 1 filler.json $as_user env HOME="$work/plain" albs-build --workspace "$work/plain/.albs" --disk 100M \
    --timeout 60s
judge plain/.albs
