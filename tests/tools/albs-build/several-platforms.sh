# SPDX-License-Identifier: GPL-3.0-or-later
# One command builds each source for several platforms: in the roots and with the macros of each, in the order of each.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
# The directory's name may have test-9 in it, too.
sed 's/^- name: test-9/- name: test-10/; s/el9}/el10}/' test.yaml >other.yaml
empty_package one </dev/null
sed -i 's/^Release: 1/Release: 1%{?dist}/' one.spec && source_package one && manifest_of one >one.json
printf 'BuildRequires: one\nRequires: one\n' | empty_package two
jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' two.json one.json >all.json
both() { expect_from 0 all.json albs-build --platforms test.yaml --platforms other.yaml --platform test-9 --platform "$1"; }
both TEST-10
[ "$(jq -r '[.tasks[] | "\(.platform) \(.status)"] | sort | join(", ")' "$out")" = \
    'test-10 ok, test-10 ok, test-9 ok, test-9 ok' ] || fail "$(jq -c .tasks "$out")"
jq -r '.artifacts[] | select(.kind == "rpm").name' "$out" | sort >names
printf 'one-1-1.el10.noarch.rpm\none-1-1.el9.noarch.rpm\ntwo-1-1.noarch.rpm\n' | sort >wanted
same names wanted
# Each root has the package of its own platform.
for n in 9 10; do
    lock=$(jq -r --arg platform "test-$n" '.tasks[] | select(.platform == $platform and (.source | startswith("two@"))).buildroot' "$out")
    jq -e --arg nevra "one-1-1.el$n.noarch" '[.packages[].nevra] | index($nevra) != null' "$(object_of "$lock")" >/dev/null ||
        fail "the root for test-$n has not its own package"
done
cp "$out" built.json
both TEST-10
same "$out" built.json
# Named twice, it is one; and what is for one only is refused for two.
expect_from 0 all.json albs-build --platforms test.yaml --platform test-9 --platform test-9
expect_json '.tasks | length' 2
expect_refusal 2 'a lock is for one platform' albs-build lock --platforms test.yaml --platform test-9 --platform host bash
echo '{}' >lock.json
expect_refusal 2 '--lock is the root of one platform' \
    albs-build --platforms test.yaml --platform test-9 --platform host --lock lock.json all.json
