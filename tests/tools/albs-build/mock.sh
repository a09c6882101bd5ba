# SPDX-License-Identifier: GPL-3.0-or-later
# --backend mock writes the configuration that ALBS would, runs mock with it, and takes packages and logs over.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
package greet
arch=$(uname -m)
expect_from 0 greet.json albs-build --platforms example.yaml --platform example-9 --flavor nobest --backend mock \
    --with extra --without tests --define 'word two words' --timeout 5m --output out
expect_json '.tasks[0] | "\(.status) \(.backend) \(.platform) \(.network) \(.isolation.sandbox) \(.buildroot)"' \
    'ok mock Example-9 false mock null'
expect_stderr 'greet@srpm-.*: built 3 packages'
expect_json '[.artifacts[] | select(.kind == "rpm")] | length' 2
[ -f "out/greet-1.0-1.$arch.rpm" ] || fail "no package"
grep -q 'Executing(%build)' "out/greet-1.0-1.$arch.log" || fail "no log of the build"
[ -f "out/greet-1.0-1.$arch.root.log" ] && [ -f "out/greet-1.0-1.$arch.mock.log" ] || fail "no logs of mock"
expect_json '.tasks[0].log as $log | .artifacts[] | select(.sha256 == $log).name' "greet-1.0-1.$arch.log"
# What mock was told.
for words in '--define
vendor Example' '--define
_with_extra --with-extra' '--define
_without_tests --without-tests' '--define
word two words' '--rpmbuild_timeout
300'; do
    case $(cat called/words) in
    *"$words"*) ;;
    *) fail "mock was not told '$words': $(cat called/words)" ;;
    esac
done
grep -qx 'LANG=C' called/environment || fail "mock's language is not C"
# What it was configured to.
config 'config_opts["root"] == open("called/words").read().splitlines()[3]'
config 'config_opts["chroot_setup_cmd"] == "install bash example-release"'
config 'config_opts["dnf_common_opts"] == ["--allowerasing", "--nobest"]'
config 'config_opts["macros"]["%quoted"] == "a \"b\" \\c"'
config 'config_opts["environment"] == {"DFLTCC": "0"}'
config 'config_opts["dist"] == "el9" and config_opts["releasever"] == "9"'
config 'config_opts["use_bootstrap_container"] is False and config_opts["rpmbuild_networking"] is False'
config 'config_opts["plugin_conf"]["bind_mount_enable"] is True'
config 'dnf["main"]["best"] == "1" and dnf["main"]["module_platform_id"] == "platform:el9"'
config "dnf['example-base']['baseurl'] == 'http://repo.example.org/9/$arch/'"
# The second time nothing is run; with the network, another root is.
mv "$out" first.json
rm called/words
expect_from 0 greet.json albs-build --platforms example.yaml --platform example-9 --flavor nobest --backend mock \
    --with extra --without tests --define 'word two words' --timeout 5m
same "$out" first.json
[ ! -e called/words ] || fail "mock was run again"
expect_from 0 greet.json albs-build --platforms example.yaml --platform example-9 --backend mock --network
config 'config_opts["rpmbuild_networking"] is True'
expect_json '.tasks[0].network'
