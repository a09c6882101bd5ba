#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at any moment and run again, albs-fetch ends in the same bytes; two at once do not disturb each other.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
head -c 2000000 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null >big
sum=$(sha512sum <big | cut -d' ' -f1)
printf 'SHA512 (sample-1.0.tar.gz) = %s\n' "$sum" >sample/sources
commit_all sample "A larger file"
publish "$work" sample
cp big "files/$sum"
start_server "$work" || exit 1
defer stop_server
SOURCE_DATE_EPOCH=1800000000
export SOURCE_DATE_EPOCH
fetch="albs-fetch $git_url/sample.git#c9 --lookaside $files_url"
expect 0 $fetch --workspace reference
cp "$out" first
for wait in 0.01 0.03 0.06 0.1 0.15 0.2 0.3; do
    $fetch >killed 2>/dev/null &
    pid=$!
    sleep "$wait"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
done
expect 0 $fetch
same first "$out"
[ "$(ls .albs/fetch)" = lock ] || fail "temporaries are left: $(ls .albs/fetch)"
# Half a mirror, as a kill in the middle of git leaves it.
rm -rf .albs/git/*.git/objects/pack .albs/git/*.git/refs
find .albs/git/*.git/objects -type f | head -3 | xargs rm -f
expect 0 $fetch
same first "$out"
# Locks that a killed git left, and a file of the mirror that was changed.
touch "$(echo .albs/git/*.git)/packed-refs.lock" "$(echo .albs/git/*.git)/HEAD.lock"
object=$(find .albs/git/*.git/objects -type f | grep -v info/ | head -1)
chmod u+w "$object"
printf 'xxxxxxxxxxxxxxxxxxxxxxxx' | dd of="$object" bs=1 seek=4 conv=notrunc 2>/dev/null
expect 0 $fetch
same first "$out"
# Two at once in a new workspace.
rm -rf .albs
$fetch >a 2>/dev/null &
pid=$!
$fetch >b 2>/dev/null || fail "one of two failed"
wait "$pid" || fail "the other of two failed"
same first a
same first b
[ "$(ls .albs/fetch)" = lock ] || fail "temporaries are left: $(ls .albs/fetch)"
