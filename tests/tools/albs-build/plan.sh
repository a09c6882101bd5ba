# SPDX-License-Identifier: GPL-3.0-or-later
# What would be built, in which root, and what there is to fetch, without building. Only the base root is made, since
# only there a spec says what it needs.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
installed=$plain_packages
platform test.yaml "$distro/base"
make_distribution "$work/small"
sed -i '/module_platform_id/d' test.yaml # the small one is for any platform
for part in base updates modular; do
    echo "    - {name: small-$part, arch: $arch, type: rpm, url: 'file://$work/small/$part', excludes: [bash, dash]}" \
        >>test.yaml
done
# source_manifest BUILDREQUIRES: manifest.json of one source.
source_manifest() {
    printf 'BuildRequires: %s\n' "$1" | empty_package it
    mv it.json manifest.json
}
plan() {
    plan_status=$1
    shift
    expect "$plan_status" albs-build plan --platforms test.yaml --platform test-9 "$@" manifest.json
}
root_has() { jq -e --arg nevra "$1" '.roots[0].packages | map(.nevra) | index($nevra) != null' "$out" >/dev/null; }
source_manifest 'lib = 2, (bash or dash)'
plan 0
expect_json .schema albs.build-plan/1
expect_json '.tasks[0].build' true
expect_json '.tasks[0].needs | index("lib = 2") != null'
expect_json '.tasks[0].root == .roots[0].id'
expect_json '.roots[0].packages | map(.nevra) | index("lib-2-1.noarch") != null'
expect_json '.roots[0] | .missing > 0 and .missing < .size'
expect_json '.roots[0] | [.packages[] | select(.there | not).nevra] | join(" ")' lib-2-1.noarch
[ "$(find .albs/roots -maxdepth 2 -name tree | wc -l)" = 1 ] || fail "other roots than the base root: $(ls .albs/roots)"
cp "$out" first.json
plan 0
same "$out" first.json
source_manifest 'nothing-such >= 2'
plan 1
expect_json '.tasks[0].build' false
expect_json '.tasks[0].reason' 'nothing provides requested nothing-such >= 2'
expect 0 albs-build plan manifest.json
expect_json '.tasks[0].root' null

# Each option of a build that chooses packages is heeded.
source_manifest 'tool, app'
plan 0
root_has tool-1.1-1.noarch || fail 'the default stream is not there'
root_has docs-1-1.noarch && fail 'what is recommended is there'
plan 0 --module-enable tool:2 --exclude 'data' --weak
root_has tool-2.0-1.noarch || fail 'the stream is another'
root_has docs-1-1.noarch || fail 'what is recommended is not there'
root_has data-1-1.noarch && fail 'what is excluded is there'
expect_json '.tasks[0].options | join(" ")' '--module-enable tool:2 --exclude data'
mkdir more && files && package lib 2.5 1 && mv "$rpms"/lib-2.5-1.noarch.rpm more && createrepo_c -q more
printf '[more]\nname=more\nbaseurl=file://%s/more\ngpgcheck=0\nrepo_gpgcheck=0\npriority=1\n' "$PWD" >more.repo
for option in "--linked $PWD/more" '--repo more.repo'; do
    # shellcheck disable=SC2086 # two words
    plan 0 $option
    root_has lib-2.5-1.noarch || fail "$option is not heeded"
    # shellcheck disable=SC2086
    plan 0 $option --exclude 'lib-2.5*'
    root_has lib-2-1.noarch || fail "--exclude is not heeded for $option"
done
for backend in host mock; do
    plan 0 --backend $backend
    expect_json '.tasks[0].root' null
done
