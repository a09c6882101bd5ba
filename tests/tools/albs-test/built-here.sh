# SPDX-License-Identifier: GPL-3.0-or-later
# What albs-build makes on this machine installs on this machine: its libraries and shell are found, with no repository.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"

preamble='Requires: /bin/sh, rpmlib(CompressedFileNames) <= 3.0.4-1'
package here
expect_from 0 here.json albs-build --platform host
cp "$out" built.json
expect 0 albs-test built.json
expect_json '[.artifacts[] | select(.kind == "rpm")] | length > 1'
expect_json '[.tests[] | select(.status != "pass")] | length' 0
expect_json '[.tests[].name | select(startswith("inspect/") | not)] | unique == ["conflicts", "install", "installability", "integrity", "linkage", "reinstall", "remove"]'
# Every binary package was tested, and the source package was not.
expect_json '([.tests[].artifact] | unique | length) == ([.artifacts[] | select(.kind == "rpm")] | length)'
