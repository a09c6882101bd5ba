# SPDX-License-Identifier: GPL-3.0-or-later
# The manifest of a built package.
. "$ALBS_SOURCE/tests/fixture/built.sh"
build_packages
built_manifest >built.json
