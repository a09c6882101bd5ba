# SPDX-License-Identifier: GPL-3.0-or-later
# What turns out only when packages are built: whom a spec asks for then, who is not for this architecture, and who
# need each other. A root does not depend on what happens to be ready.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
# with_file NAME FILE TEXT: a package with that file; rpm itself makes config(NAME) of it.
with_file() {
    empty_package "$1" </dev/null
    printf '%%install\nmkdir -p $(dirname %%{buildroot}%s) && echo '"'%s'"' >%%{buildroot}%s\n%%files\n%%config %s\n' \
        "$2" "$3" "$2" "$2" >files
    grep -v '^%files' "$1.spec" | cat - files >whole && mv whole "$1.spec"
    source_package "$1"
    manifest_of "$1" >"$1.json"
}
# stands_in NAME LINE: a package of the repository there that has it.
stands_in() {
    echo "$2" | empty_package "$1"
    rpmbuild -bb --nodeps --quiet -D "_topdir $PWD/top" -D "_rpmdir $PWD/there" "$1.spec" >"$work/.rpmbuild" 2>&1 ||
        fail "$(cat "$work/.rpmbuild")"
    createrepo_c -q there
}
together() {
    for name; do echo "$name.json"; done | xargs cat |
        jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
}
task() { jq -r --arg name "$1" ".tasks[] | select(.source | startswith(\$name + \"@\")) | $2" "$out"; }
mkdir there
stands_in has-config 'Provides: config(fresh)'
stands_in has-elsewhere 'Provides: elsewhere'
with_file macros /usr/lib/rpm/macros.d/macros.made '%%made_arches ppc64le'
printf 'BuildRequires: macros\n%%{?made_arches:ExclusiveArch: %%{made_arches}}\n' | empty_package elsewhere
sed -i '/^BuildArch/d' elsewhere.spec && source_package elsewhere && manifest_of elsewhere >elsewhere.json
printf 'BuildRequires: elsewhere\n' | empty_package user
with_file fresh /etc/settings x
asking asker 'echo "config(fresh)"'
asking loop-a 'echo loop-b'
asking loop-b 'echo loop-a'
add_repository test.yaml there "file://$PWD/there"

# Whichever of them is built first, the asker has what a repository has, and what fresh turns out to provide is not seen.
for sources in 'fresh asker' 'asker fresh'; do
    # shellcheck disable=SC2086
    together $sources
    rm -rf .albs/tasks
    build 0 all -j 1
    task asker .buildroot >>roots
done
[ "$(sort -u roots | wc -l)" = 1 ] || fail 'the root depends on the order of the sources'

# Not for this architecture, as only its own root says; found while it was built, the circle has no older package.
printf 'ExclusiveArch: ppc64le noarch\n' | empty_package never
together user never loop-a loop-b elsewhere macros
build 1 all
[ "$(task elsewhere .reason.kind)" = arch ] || fail "elsewhere: $(task elsewhere .reason)"
[ "$(task user .status)" = ok ] || fail "user: $(task user .reason)"
[ "$(task loop-a .status) $(task loop-b .status)" = 'failed skipped' ] || fail "$(jq -c .tasks "$out")"
task loop-a .reason.message | grep -q "nothing provides requested loop-b; this and 'loop-b@.*' need each other, as " ||
    fail "loop-a: $(task loop-a .reason)"
cp "$out" first.json
build 1 all
same "$out" first.json

# With an older one.
stands_in has-loop-b 'Provides: loop-b'
together loop-a loop-b
build 0 all
expect_stderr "warning: loop-a@.*: this and 'loop-b@.*' need each other, as .* built with what the repositories have"

# A spec that ends who asks what it makes: that is said each time, and what needs it is built after it all the same.
# shellcheck disable=SC2016
printf '%%(grep -q rpmspec /proc/$PPID/cmdline && kill -9 $PPID)\n' | empty_package shy
printf 'BuildRequires: shy\n' | empty_package on-shy
together on-shy shy
for _ in first second; do
    build 0 all
    expect_stderr 'warning: shy-1-1.src.rpm: rpmspec cannot tell which packages the spec makes'
    [ "$(task on-shy .status)" = ok ] || fail "on-shy: $(task on-shy .reason)"
done

# A stream of modules that only the package itself enables: it waits for nothing.
printf 'BuildRequires: lang = 4\n' | empty_package moded
echo '{"moded": {"*": {"mock_options": {"module_enable": ["lang:4"]}}}}' >own.json
together moded user
planned() { expect_from 0 all.json albs-build plan --platforms test.yaml --platform test-9 --no-roots "$@"; }
planned
expect_json '.tasks[] | select(.source | startswith("moded@")).late' 'nothing provides lang = 4'
planned --build-configs own.json
expect_json '.tasks[] | select(.source | startswith("moded@")).late' null
