# SPDX-License-Identifier: GPL-3.0-or-later
# Troubles of the machine are tried once more, a full disk is told as such, and neither is remembered as the package's.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
# rpmbuild itself is killed by somebody.
build='kill -9 $PPID; sleep 5' spec unlucky
source_package unlucky
manifest_of unlucky >unlucky.json
expect_from 1 unlucky.json albs-build
expect_stderr 'trouble of this machine, trying once more: rpmbuild was killed by signal 9'
expect_json '.tasks[0] | "\(.reason.phase) \(.reason.kind)"' 'build infrastructure'
[ -z "$(ls .albs/tasks 2>/dev/null)" ] || fail "it is remembered"

# not_again NAME KIND SCRIPT: the build fails so, is not tried again, and is not remembered.
not_again() {
    build=$3 spec "$1"
    source_package "$1"
    manifest_of "$1" >"$1.json"
    expect_from 1 "$1.json" albs-build
    expect_json '.tasks[0] | "\(.reason.phase) \(.reason.kind)"' "build $2"
    [ "$(grep -c 'trying once more' "$err")" = 0 ] || fail 'it is tried again'
    [ -z "$(ls .albs/tasks 2>/dev/null)" ] || fail 'it is remembered'
}
# What a log says of memory may be anybody's words.
not_again poor memory 'echo "sh: fork: Resource temporarily unavailable"; false'
# The device that is always full.
not_again full disk 'head -c 1048576 /dev/zero >/dev/full'
