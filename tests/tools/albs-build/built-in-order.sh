# SPDX-License-Identifier: GPL-3.0-or-later
# One command builds a manifest of many sources in the order of what they need: by name, by Provides, by the source of
# an older version, by what is found only when something is built; what fails takes its dependants along; a second run
# does nothing twice.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
# together NAME...: all.json of these sources, in this order.
together() {
    for name; do echo "$name.json"; done | xargs cat |
        jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
}
status_of() { jq -r --arg name "$1" '.tasks[] | select(.source | startswith($name + "@")) | .status' "$out"; }
why() { jq -r --arg name "$1" '.tasks[] | select(.source | startswith($name + "@")) | .reason.message' "$out"; }
# saw NAME NEVRA: the root of a package had that.
saw() {
    jq -r --arg nevra "$2" '.packages[] | select(.nevra == $nevra).nevra' \
        "$(object_of "$(jq -r --arg name "$1" '.tasks[] | select(.source | startswith($name + "@")) | .buildroot' "$out")")" |
        grep -q . || fail "the root of $1 had no $2"
}
empty_package first </dev/null
printf 'BuildRequires: first >= 1\nProvides: middle(word) = 7\n' | empty_package second
# By a Provides of the spec; what it needs is needed by those that need it.
printf 'BuildRequires: middle(word) = 7\nRequires: first\n' | empty_package third
# Found only when first is built: rpm itself makes this Provides.
printf 'BuildRequires: (third and config(settings))\n' | empty_package fourth
cat >settings.spec <<'SPEC'
Name: settings
Version: 1
Release: 1
Summary: x
License: MIT
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}/etc && echo x >%{buildroot}/etc/settings
%files
%config /etc/settings
SPEC
source_package settings
manifest_of settings >settings.json
asking fifth 'echo "second = 1"'
together fifth fourth third second first settings
build 0 all -j 2
for name in first second third fourth fifth settings; do
    [ "$(status_of $name)" = ok ] || fail "$name: $(status_of $name)"
done
saw second first-1-1.noarch
saw third second-1-1.noarch
saw fourth settings-1-1.noarch
saw fourth first-1-1.noarch # since third requires it
saw fifth second-1-1.noarch
cp "$out" built.json
# The same again, from the beginning and from what was built: nothing is built.
build 0 all -j 2
same "$out" built.json
! grep ': built [0-9]' "$err" || fail 'something was built twice'
cp built.json whole.json
build 0 whole
[ "$(jq -c .tasks "$out")" = "$(jq -c .tasks built.json)" ] || fail 'tasks changed'

# The plan of it, before and after.
planned() { expect_from "$1" all.json albs-build plan --platforms test.yaml --platform test-9 --format "$2" "$3"; }
planned 0 json --offline
expect_json '[.tasks[] | select(.reuse)] | length' 6
expect_json '.tasks[] | select(.id | startswith("second@")) | "\(.wave) \(.waits_for[0].need)"' '2 first >= 1'
rm -rf .albs/tasks
planned 0 text --offline
expect_stdout '^wave 1$'
expect_stdout '^  build second@.*(.* packages, '
expect_stdout '^        after first@.*, for first >= 1$'
expect_stdout '^        after all others: nothing provides requested (third and config(settings))$'
expect_stdout '^6 to build, 0 to reuse, 0 skipped, in [0-9]* waves;'
planned 0 dot --no-roots
expect_stdout '^digraph plan {$'
expect_stdout '^  "first@.*" -> "second@.*" \[label="first >= 1"\];$'

# A package that fails takes those along that need it, and no others; it is not replaced by an older one.
printf 'BuildRequires: first\n' | empty_package fails
sed -i '/^%description/a %prep\nfalse' fails.spec
source_package fails && manifest_of fails >fails.json
printf 'BuildRequires: fails\n' | empty_package after
printf 'BuildRequires: after\n' | empty_package last
together last after fails second first
build 1 all
[ "$(status_of first) $(status_of second) $(status_of fails)" = 'ok ok failed' ] || fail "$(jq -c .tasks "$out")"
[ "$(status_of after) $(status_of last)" = 'skipped skipped' ] || fail "$(jq -c .tasks "$out")"
expect_json '.tasks[] | select(.source | startswith("after@")).reason | "\(.phase) \(.kind)"' 'setup dependency'
why after | grep -q "^it needs 'fails' of 'fails@.*', which was not built$" || fail "after: $(why after)"
why last | grep -q "^it needs 'after' of 'after@" || fail "last: $(why last)"
cp "$out" failed.json
build 1 all
same "$out" failed.json
# Mended, with what was built already.
rm -f fails.spec && printf 'BuildRequires: first\n' | empty_package fails
together last after fails second first
build 0 all
[ "$(status_of last)" = ok ] || fail "last: $(why last)"

# Two that need each other: with the version of the repositories, or not at all.
printf 'BuildRequires: loop-b\n' | empty_package loop-a
printf 'BuildRequires: loop-a\n' | empty_package loop-b
printf 'BuildRequires: loop-b\n' | empty_package behind
together loop-a loop-b behind first
build 1 all
why loop-a | grep -q "^these need each other, and no repository has an older one: 'loop-a@.*' needs 'loop-b' of 'loop-b@.*, 'loop-b@" ||
    fail "loop-a: $(why loop-a)"
[ "$(status_of first) $(status_of behind)" = 'ok skipped' ] || fail "$(jq -c .tasks "$out")"
mkdir older && rpmbuild -bb --quiet -D "_topdir $PWD/top" -D "_rpmdir $PWD/older" -D 'version 0' loop-a.spec \
    >"$work/.rpmbuild" 2>&1 --nodeps || fail "$(cat "$work/.rpmbuild")"
createrepo_c -q older
build 0 all --repo "older=file://$PWD/older"
expect_stderr "need each other; 'loop-b@.*' is built with the 'loop-a' that the repositories have"
saw loop-a loop-b-1-1.noarch
# The dependant waits for what is built, and not for the older one.
saw behind loop-b-1-1.noarch

# Two sources of one package.
sed 's/^Release: 1/Release: 2/' first.spec >other.spec && cp first.json first-1.json && cp other.spec first.spec
source_package first && manifest_of first >first-2.json
together first-1 first-2
expect_from 3 all.json albs-build --platforms test.yaml --platform test-9
expect_stderr "both make the package 'first' for one platform"
expect_empty_stdout
# What another makes in an older version only.
printf 'BuildRequires: first >= 9\n' | empty_package picky
together picky first-1
build 1 all
why picky | grep -q 'nothing provides requested first >= 9' || fail "picky: $(why picky)"
