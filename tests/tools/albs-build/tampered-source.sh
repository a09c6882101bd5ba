# SPDX-License-Identifier: GPL-3.0-or-later
# The source package that is built is the one that the manifest names, byte for byte, or nothing is built.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
digest=$(jq -r '.sources[0].srpm' greet.json)
object=.albs/store/sha256/$(printf %.2s "$digest")/$digest
cp "$object" saved
printf '\377' | dd of="$object" bs=1 seek=2000 conv=notrunc 2>/dev/null
expect_from 4 greet.json albs-build
expect_empty_stdout
expect_stderr "error: source 'greet@srpm-.*': store object '.*' was changed: its SHA-256 is"
rm "$object"
expect_from 3 greet.json albs-build
expect_empty_stdout
expect_stderr "error: source 'greet@srpm-.*': the store has no object $digest"
cp saved "$object"
jq -c '.sources[0].name = "other"' greet.json >renamed.json
expect_from 4 renamed.json albs-build
expect_empty_stdout
expect_stderr "error: source 'greet@srpm-.*': it is said to be the source package of 'other', but is greet-1.0-1.src"
jq -c '.artifacts = []' greet.json >without.json
expect_from 3 without.json albs-build
expect_empty_stdout
expect_stderr "error: source 'greet@srpm-.*' names an artifact that the manifest lacks: $digest"
