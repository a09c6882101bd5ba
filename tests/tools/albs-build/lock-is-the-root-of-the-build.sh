# SPDX-License-Identifier: GPL-3.0-or-later
# Each option of a build that changes its root is one of plan and lock, too: the lock is that of the task, to the byte,
# and the plan names its packages. What the two do not take, they say on their page why.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"

# Options that change the root, those that say where it is looked for, and those that change nothing of it.
roots='--platform --platforms --flavor --arch --backend --with --without --define --module-enable --exclude --linked
    --repo --key --platform-id --release --weak --secure-boot --build-configs'
place='--no-rollback --offline --srpm-as-is --trust-first-fetch --target-arch'
plan_only='--require-notarized --log-key --policy --lock --network --retry --module-version --module-index'
neither='--early-cutoff --noarch-strict --timeout --memory --disk --processes --runner --runner-timeout --store --task'
common='--dry-run --jobs --quiet --verbose --log-format --workspace --output --help --version'
options_of() { sed -n 's/^  [ ,a-z-]*\(--[a-z-]*\).*/\1/p' "$out" | sort -u; }
expect 0 albs-build --help
options_of >has
# shellcheck disable=SC2086 # words
printf '%s\n' $roots $place $plan_only $neither $common | sort >listed
same listed has
expect 0 albs-build plan --help
options_of >plan_has
expect 0 albs-build lock --help
options_of >lock_has
for option in $roots $place; do
    grep -qxe "$option" plan_has || fail "plan has no $option"
    grep -qxe "$option" lock_has || fail "lock has no $option"
done
for option in $plan_only; do
    grep -qxe "$option" plan_has || fail "plan has no $option"
done
page() { sed -n "/^# ALBS-BUILD $1/,/^# /p" "$ALBS_SOURCE/man/albs-build.1.scd" | tr '\n' ' ' | grep -o 'Of the options of a build.*'; }
for option in $neither; do
    page PLAN | grep -qF -e "*$option*" || fail "the page does not say why plan has no $option"
done
for option in $plan_only $neither; do # its --lock has a meaning of its own
    [ $option = --lock ] || page LOCK | grep -qF -e "*$option*" || fail "the page does not say why lock has no $option"
done

installed=$plain_packages
platform test.yaml "$distro/base"
make_distribution "$work/small"
small_repositories() {
    for part in base updates modular; do
        echo "    - {name: small-$part, arch: $arch, type: rpm, url: 'file://$work/small/$part', excludes: [bash, dash]}"
    done
}
small_repositories >>test.yaml
sed -i 's/^    mock: {/&secure_boot_additional_packages: [extra], /; /module_platform_id/d' test.yaml
printf -- '- name: with-data\n  data: {mock: {chroot_setup_cmd: "install %s data-too"}}\n' "$installed" >more.yaml
mkdir -p more/9 && files && package lib 2.5 1 && mv "$rpms"/lib-2.5-1.noarch.rpm more/9 && createrepo_c -q more/9
# shellcheck disable=SC2016 # for --release
printf '[more]\nname=more\nbaseurl=file://%s/more/$releasever\ngpgcheck=0\nrepo_gpgcheck=0\npriority=1\n' "$PWD" >more.repo
cat >configs.json <<'JSON'
{"choosy": {"": {"mock_options": {"with": ["all"], "yum_exclude": ["docs"]}},
    "c9*": {"secure_boot": true, "platform_flavors": ["with-data"], "mock_options": {"module_enable": ["tool:2"]}}}}
JSON
empty_package choosy <<'SPEC'
%bcond_with all
%bcond_without tool
%{?with_all:BuildRequires: app}
%{?with_tool:BuildRequires: tool}
%{?word:BuildRequires: %word}
BuildRequires: lib < 3
SPEC
jq -c '.sources[0].ref = "c9-beta"' choosy.json >branch.json

packages_of() { jq -r '.packages[].nevra' "$1" | sort; }
# the_same MANIFEST LOCK-OPTION OPTION...: of the build, plan and lock; other says that the root is another one than that
# without options.
the_same() {
    manifest=$1 lock_option=$2
    shift 2
    expect_from 0 $manifest albs-build --platforms test.yaml --platform test-9 "$@"
    built=$(object_of "$(jq -r '.tasks[0].buildroot' "$out")")
    # shellcheck disable=SC2086 # none or two words
    expect 0 albs-build lock --platforms test.yaml --platform test-9 "$@" $lock_option choosy.src.rpm
    same "$out" "$built"
    packages_of "$out" >locked
    expect 0 albs-build plan --platforms test.yaml --platform test-9 "$@" $manifest
    expect_json '.tasks[0].reuse' true
    jq -r '.roots[0].packages[].nevra' "$out" | sort >planned
    same planned locked
}
other() {
    the_same "$@"
    ! cmp -s locked plain || fail "the root is the same with: $*"
}
the_same choosy.json ''
cp locked plain
# Several in one, since each root has to be installed.
other choosy.json '' --with all --weak --exclude data
other choosy.json '' --module-enable tool:2 --linked more/9
other choosy.json '' --without tool --repo more.repo --release 9 --define 'word docs'
other choosy.json '' --secure-boot --platforms more.yaml --flavor with-data
other choosy.json '' --build-configs configs.json
other branch.json '--branch c9-beta' --platforms more.yaml --build-configs configs.json
the_same choosy.json '' --backend chroot --arch "$arch" --platform-id platform:el9 --offline --no-rollback \
    --srpm-as-is --trust-first-fetch
same locked plain
