# SPDX-License-Identifier: GPL-3.0-or-later
# build.json, its packages beside it, the store in .albs; the package is called hello.
. "$ALBS_SOURCE/tests/sbom.sh"
package=hello
make_packages
make_manifest "$srpm" "$binary" "$data"
cp rpms/*.rpm .
