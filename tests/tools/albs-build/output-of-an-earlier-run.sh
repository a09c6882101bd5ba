# SPDX-License-Identifier: GPL-3.0-or-later
# --output lays out what the manifest has, whether it was built now or in an earlier run.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
expect_from 0 greet.json albs-build --output now
cp "$out" built.json
expect 0 albs-build --output later built.json
[ "$(jq -c .tasks built.json)" = "$(jq -c .tasks "$out")" ] || fail 'built again'
for kind in src.rpm "$(uname -m).rpm" "$(uname -m).log"; do
    [ -e "later/greet-1.0-1.$kind" ] || fail "there is $(ls later)"
done
[ "$(ls now)" = "$(ls later)" ] || fail "now $(ls now), later $(ls later)"
expect 0 albs-build -n --output never built.json
[ ! -e never ] || fail 'a dry run laid files out'
