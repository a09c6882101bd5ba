# SPDX-License-Identifier: GPL-3.0-or-later
# What the examples of albs-build(1) take for granted: a manifest of a source, and its source package in the store.
. "$ALBS_SOURCE/tests/build-lib.sh"
ALBS_WORKSPACE="$work/.albs"
export ALBS_WORKSPACE
package greet
mv greet.json fetched.json
