# SPDX-License-Identifier: GPL-3.0-or-later
# Metadata is asked for only if it changed, and nothing is made of what is not signed or not what its checksum says.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
make_key mine ed25519
make_key other ed25519
serve_distribution
base="$work/server/files/base"
repo() { printf '[base]\nbaseurl=%s/base\ngpgkey=%s\ngpgcheck=0\n' "$files_url" "$work/mine.asc" >"$work/base.repo"; }
repo
asked() { grep -c "$1" "$server_log"; }

# Not signed, signed by another, signed.
expect 4 albs-build lock --repo base.repo bash
expect_empty_stdout
expect_stderr 'repomd.xml is not signed'
sign_repomd "$base" other
expect 4 albs-build lock --repo base.repo bash
expect_stderr 'signature of repomd.xml is not good (unknown-key)'
sign_repomd "$base" mine
expect 0 albs-build lock --repo base.repo bash
expect_json '.repositories[0].key' "$mine_key"
expect_json '.repositories[0].revision' 100
cp "$out" first.json

# Nothing new: one question, answered by 304. Offline: no question.
: >"$server_log"
expect 0 albs-build lock --repo base.repo bash
same "$out" first.json
[ "$(cat "$server_log")" = 'GET /files/base/repodata/repomd.xml 304' ] || fail "asked for: $(cat "$server_log")"
: >"$server_log"
expect 0 albs-build lock --repo base.repo --offline bash
same "$out" first.json
[ ! -s "$server_log" ] || fail "asked for: $(cat "$server_log")"
expect 75 albs-build lock --repo base.repo --offline --workspace empty bash
expect_stderr "is not in the workspace$"

# A damaged cache is made again; a cache of another key is none.
for solv in .albs/metadata/base-*/*-primary.solv; do printf x |
    dd of="$solv" bs=1 seek=200 conv=notrunc 2>/dev/null; done
expect 0 albs-build lock --repo base.repo bash
same "$out" first.json
cp mine.asc kept.asc && cp other.asc mine.asc
expect 4 albs-build lock --repo base.repo bash
expect_stderr 'signature of repomd.xml is not good'
cp kept.asc mine.asc

# The file that repomd.xml names was changed, or cut short.
primary=$(ls "$base"/repodata/*-primary.xml.gz)
cp "$primary" primary.kept
printf 'x' | dd of="$primary" bs=1 seek=100 conv=notrunc 2>/dev/null
expect 4 albs-build lock --repo base.repo --workspace fresh bash
expect_stderr 'is not what its digest says'
expect_empty_stdout
head -c 300 primary.kept >"$primary"
expect 4 albs-build lock --repo base.repo --workspace fresh bash
cp primary.kept "$primary"
expect 0 albs-build lock --repo base.repo --workspace fresh bash

# The repository moves on: what is signed is taken, what is not is refused, and the old state stays whole.
files && package newcomer 1 1 && cp "$rpms"/newcomer-1-1.noarch.rpm "$base"
createrepo_c -q --revision 101 "$base" && rm -f "$base/repodata/repomd.xml.asc"
expect 4 albs-build lock --repo base.repo newcomer
expect 0 albs-build lock --repo base.repo --offline bash
same "$out" first.json
sign_repomd "$base" mine
expect 0 albs-build lock --repo base.repo newcomer
expect_json '.repositories[0].revision' 101
