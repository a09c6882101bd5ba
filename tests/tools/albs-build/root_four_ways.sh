# SPDX-License-Identifier: GPL-3.0-or-later
# The same packages to the byte as root and as a plain user, solved from repositories and from the lock without network.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
. "$ALBS_SOURCE/tests/root_lib.sh"
. "$ALBS_SOURCE/tests/four_ways.sh"
make_plain_user
platform_of_distribution
package greet
four_ways greet || fail "$why"
[ "$(wc -l <greet.root-cold)" -ge 4 ] || fail "there are too few packages: $(cat greet.root-cold)"
grep -q ' greet-debuginfo-' greet.root-cold || fail 'there is no debuginfo'
for way in $ways; do
    same greet.root-cold "greet.$way"
    grep -q 'greet-1.0-1.el9' "greet.$way" || fail 'the platform was not heeded'
done
