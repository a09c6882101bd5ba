# SPDX-License-Identifier: GPL-3.0-or-later
# Options of the root reach it: module streams, excludes, further repositories, Secure Boot, and those of the package.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
package greet
build() {
    wanted_status=$1
    shift
    expect_from "$wanted_status" greet.json albs-build --platforms example.yaml --platform example-9 --backend mock "$@"
}
sed -i "s|    mock:|    mock:\n      secure_boot_macros: {'%modsign_os': example9}\n      secure_boot_additional_packages: [signer]\n      secure_boot_required_packages: [greet]|" example.yaml
mkdir -p made/repodata && touch made/repodata/repomd.xml
build 0 --secure-boot --module-enable perl:5.32 --module-enable nodejs:20 --exclude 'old*' --exclude bad --linked made \
    --linked https://repo.example.org/other/
config 'config_opts["module_enable"] == ["perl:5.32", "nodejs:20"]'
config 'dnf["main"]["exclude"] == "old* bad"'
config "dnf['linked-1']['baseurl'] == 'file://$PWD/made' and dnf['linked-1']['module_hotfixes'] == '1'"
config 'dnf["linked-2"]["baseurl"] == "https://repo.example.org/other/"'
config 'config_opts["macros"]["%modsign_os"] == "example9" and config_opts["isolation"] == "simple"'
config 'config_opts["chroot_setup_cmd"] == "install bash example-release signer"'
# A package that must be signed is not built without.
rm called/words
build 1
expect_json '.tasks[0] | "\(.status) \(.reason.kind): \(.reason.message)"' \
    "skipped secure-boot: platform 'Example-9' builds 'greet' only with --secure-boot"
[ ! -e called/words ] || fail "mock was run"
# What the package asks for is merged after the command's.
jq -c '.sources[0].ref = "a9-beta"' greet.json >branch.json && mv branch.json greet.json
cat >configs.json <<'JSON'
{"greet": {"a9*": {"secure_boot": true, "platform_flavors": ["nobest"], "linked_builds": ["made"],
  "mock_options": {"definitions": {"dist": ".el9_4", "word": 1}, "module_enable": ["ruby:3"], "with": ["extra"]}},
  "c9": {"platform_flavors": ["there-is-none"]}}}
JSON
build 0 --build-configs configs.json --define 'dist .el9' --module-enable perl:5.32
config 'config_opts["module_enable"] == ["perl:5.32", "ruby:3"]'
config 'config_opts["dnf_common_opts"] == ["--allowerasing", "--nobest"]'
config '"linked-1" in dnf and config_opts["macros"]["%modsign_os"] == "example9"'
grep -qx 'dist .el9_4' called/words && grep -qx 'word 1' called/words &&
    grep -qx '_with_extra --with-extra' called/words ||
    fail "the package's definitions were not given: $(cat called/words)"
! grep -qx 'dist .el9' called/words || fail "the command's %dist was given"
expect_json '.tasks[0].options | join(" ")' \
    "--flavor nobest --linked made --module-enable perl:5.32 --module-enable ruby:3 --secure-boot --with extra --define dist .el9_4 --define word 1"
# What cannot be.
sed -i 's/"made"/17/' configs.json
build 3 --build-configs configs.json
expect_stderr "error: package 'greet' in 'configs.json': build 17 of a build service cannot be linked"
build 3 --linked nowhere
expect_stderr "error: 'nowhere' is no repository: it has no repodata/repomd.xml"
build 2 --flavor there-is-none
expect_stderr "error: there is no flavor 'there-is-none'"
expect_from 2 greet.json albs-build --exclude 'old*'
expect_stderr "error: --linked, --module-enable and --exclude are for roots, and backend host has none"
sed -i 's/mock_dist/mock_disk/' example.yaml
build 3
expect_stderr "error: example.yaml:8: unknown key 'mock_disk' in data of platform 'Example-9'"
