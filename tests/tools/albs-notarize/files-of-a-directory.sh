# SPDX-License-Identifier: GPL-3.0-or-later
# A directory stands for the regular files below it: links are not followed, devices and pipes are left out, and files
# with the same bytes are one artifact. A directory without files is refused.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
mkdir -p tree/sub/deep tree/none empty/none
echo one >tree/b.txt
echo one >tree/sub/deep/a.txt
echo two >tree/sub/c.txt
echo outside >outside.txt
ln -s ../outside.txt tree/link.txt
ln -s .. tree/sub/up
mkfifo tree/pipe
expect 0 albs-notarize files tree outside.txt
cp "$out" tree.json
expect_json '[.artifacts[] | [.name] + (.names // []) | join("=")] | join(" ")' 'b.txt=a.txt c.txt outside.txt'
expect_json '.notarizations | length' 4
expect 0 albs-notarize verify --log-key "$key" tree.json tree/b.txt tree/sub/deep/a.txt tree/sub/c.txt outside.txt
[ "$(grep -c '^verified ' "$out")" = 4 ] || fail 'not all files'
# The same again says nothing new.
expect 0 albs-notarize files tree/ outside.txt
expect_stderr 'recorded 0 statements'
expect_json '[.artifacts[].sha256] | join(" ")' "$(jq -r '[.artifacts[].sha256] | join(" ")' tree.json)"
expect_refusal 3 "'empty' is a directory without a regular file" albs-notarize files outside.txt empty
expect_refusal 5 'missing' albs-notarize files missing
