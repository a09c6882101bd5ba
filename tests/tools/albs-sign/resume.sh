# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at any moment and run again: the same bytes as without the kill, and no half file anywhere in the store.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
build_packages one two three
built_manifest >built.json
albs-notarize init --origin log.example.org >/dev/null 2>"$err" || fail 'no ledger'
albs-notarize -q <built.json >notarized.json 2>"$err" || fail 'not notarized'
SOURCE_DATE_EPOCH=1738555506
export SOURCE_DATE_EPOCH
cp -r .albs clean
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
cp "$out" wanted.json
for pause in 0.01 0.03 0.05 0.07 0.09 0.12 0.15; do
    rm -rf .albs
    cp -r clean .albs
    albs-sign -j 1 --key "$signer_key" --gnupghome gpg-signer <notarized.json >"$out" 2>"$err" &
    pid=$!
    sleep $pause
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ ! -s "$out" ] || cmp -s "$out" wanted.json || fail 'half a manifest'
    find .albs/store -type f ! -name '*.albs-tmp-*' | while read -r file; do
        [ "$(sha256sum <"$file" | cut -d' ' -f1)" = "${file##*/}" ] || fail "half a file: $file"
    done || exit 1
    expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
    same "$out" wanted.json
done
# The agent that the killed runs left behind is gone too.
! gpg-connect-agent --homedir gpg-signer --no-autostart 'GETINFO pid' /bye 2>/dev/null | grep -q OK ||
    fail 'an agent is left'
