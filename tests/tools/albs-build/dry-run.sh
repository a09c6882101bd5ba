# SPDX-License-Identifier: GPL-3.0-or-later
# --dry-run says what would be built and touches nothing; a manifest without sources is no error.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
find .albs | sort >before
expect_from 0 greet.json albs-build -n
expect_stderr "greet@srpm-.*would build"
expect_json '.tasks | length' 0
find .albs | sort >after
same before after
echo '{"schema":"albs.manifest/1","sources":[],"tasks":[],"artifacts":[],"tests":[],"signatures":[],"notarizations":[],"releases":[],"stages":[]}' >empty.json
expect_from 0 empty.json albs-build -v
expect_stderr "there is no source in the manifest"
