#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same commit gives the same source tree: again, from another URL, elsewhere, at another time, with another umask and user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
commit=$(git -C sample rev-parse HEAD)
start_server "$work" || exit 1
defer stop_server
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
cp "$out" first
digest=$(jq -r '.artifacts[0].sha256' first)
# Again: byte for byte the same manifest, nothing made anew.
find .albs/store -type f -exec stat -c '%n %Y %i' {} + >before
expect 0 albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url"
same first "$out"
find .albs/store -type f -exec stat -c '%n %Y %i' {} + >after
same before after
# From nothing.
rm -rf .albs
sleep 1
(umask 077 &&
    SOURCE_DATE_EPOCH=1800000000 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url" --workspace other \
        >second 2>"$err") ||
    fail "the second run failed"
[ "$(jq -r '.artifacts[0].sha256' second)" = "$digest" ] || fail "another workspace gave another source tree"
expect 0 albs-fetch "file://$work/git/sample.git#c9" --lookaside "$files_url" --workspace third
[ "$(jq -r '.artifacts[0].sha256' "$out")" = "$digest" ] || fail "another URL gave another source tree"
# As nobody, with macros of their own that have no say.
[ "$(id -u)" = 0 ] || skip 'not root, so there is no other user to try'
plain_user
mkdir -p user
printf '%%_buildhost elsewhere\n%%vendor Somebody\n%%dist .home\n' >user/.rpmmacros
chown -R $plain_id:$plain_id user
# shellcheck disable=SC2086 # words
expect 0 $as_user env HOME="$work/user" TMPDIR=/tmp TZ=Asia/Tokyo \
    albs-fetch "$git_url/sample.git#$commit" --lookaside "$files_url" --workspace user/ws
[ "$(jq -r '.artifacts[0].sha256' "$out")" = "$digest" ] || fail "another user made another source tree"
