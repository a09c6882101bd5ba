# SPDX-License-Identifier: GPL-3.0-or-later
# The same packages to the byte as root and as a plain user, solved from repositories, and from the lock without network
# when the repositories have other packages.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/four-ways.sh"
make_plain_user
installed=$build_packages
platforms_of_distribution
# What is built says which packages there were.
install='install -D greet %{buildroot}%{_bindir}/greet; mkdir -p %{buildroot}%{_docdir}/greet; rpm -qa | sort >%{buildroot}%{_docdir}/greet/root' \
    spec greet
source_package greet
manifest_of greet >greet.json
four_ways greet || fail "$why"
[ "$(wc -l <greet.root-cold)" -ge 4 ] || fail "there are too few packages: $(cat greet.root-cold)"
grep -q ' greet-debuginfo-' greet.root-cold || fail 'there is no debuginfo'
for way in $ways; do
    same greet.root-cold "greet.$way"
    grep -q 'greet-1.0-1.el9' "greet.$way" || fail 'the platform was not heeded'
done
# What would be installed today is not what is in the lock.
expect 0 albs-build lock --platforms moved.yaml --platform test-9
updates() { jq -r '.packages[].nevra' "$1" | grep -c '\.el9\.[12]\.'; }
[ "$(updates "$out")" -gt 2 ] && [ "$(updates greet.lock)" = 0 ] || fail 'the repositories did not move on'
