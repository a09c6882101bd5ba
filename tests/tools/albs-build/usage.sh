# SPDX-License-Identifier: GPL-3.0-or-later
# What is asked for wrongly is refused before anything is built.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
refused() {
    wanted_text=$1
    shift
    expect_refusal 2 "$wanted_text" albs-build "$@" <greet.json
}
refused "error: there is no platform 'almalinux-99'" --platform almalinux-99
expect_stderr "hint: known platforms: 'host'"
refused "error: platform 'host' cannot build for 'vax'" --arch vax
refused "error: --timeout 'soon' is no time" --timeout soon
refused "error: --timeout '0' is no time" --timeout 0
refused "error: '; rm' is no name of a build condition" --with '; rm'
refused "error: --define 'dist' has no body" --define dist
refused "error: --require-notarized needs the key of a log" --require-notarized
[ ! -e .albs/builds ] || fail "something was made"
