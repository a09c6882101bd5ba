# SPDX-License-Identifier: GPL-3.0-or-later
# albs-build log prints the logs of tasks, whole or where they tell why a build failed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
build='set +x
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo before $i; done
echo "x.c:1:2: error: that is it"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo after $i; done
false' spec broken
source_package broken
manifest_of broken >broken.json
cat greet.json broken.json >both.json
expect_from 1 both.json albs-build
cp "$out" built.json
stored() { cat ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
stored "$(jq -r '.tasks[] | select(.source | startswith("greet")).log' built.json)" >greet.log
# One log is as it was written.
expect_from 0 built.json albs-build log greet
same greet.log "$out"
expect 0 albs-build log --manifest built.json "$(jq -r '.tasks[] | select(.source | startswith("greet")).id' built.json)"
same greet.log "$out"
# Several have headings.
expect_from 0 built.json albs-build log
[ "$(grep -c '^==> .* <==$' "$out")" = 2 ] || fail 'two headings are wanted'
expect_stdout '^==> greet@srpm-[0-9a-f]*/host/.*: ok <==$'
expect_stdout 'before 1$'
# Why it failed.
expect_from 0 built.json albs-build log --failed
expect_stdout '^==> broken@.*: failed in build (compile): x.c:1:2: error: that is it <==$'
[ "$(sed -n 2p "$out")" = 'before 4' ] || fail 'ten lines before are wanted'
[ "$(tail -n 1 "$out")" = 'after 10' ] || fail 'ten lines after are wanted'
expect_from 0 built.json albs-build log --failed greet
expect_empty_stdout
# What is not there.
expect_refusal 2 "the manifest has no task 'gre'" albs-build log --manifest built.json gre
log=$(jq -r '.tasks[] | select(.source | startswith("greet")).log' built.json)
rm -f ".albs/store/sha256/$(printf %.2s "$log")/$log"
expect_refusal 3 "the log of 'greet@" albs-build log --manifest built.json
