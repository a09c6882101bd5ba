# SPDX-License-Identifier: GPL-3.0-or-later
# A build sees the packages of another by its manifest; and reproduce replays all that a task was built with (linked
# builds, module streams, flavors, options of the package) from the manifest and the lock, offline.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
cat >>test.yaml <<'YAML'
- {name: wordy, data: {mock: {macros: {'%word': 'said by a flavor'}}}}
YAML
empty_package first </dev/null
build 0 first
cp "$out" first-built.json
empty_package second <<'SPEC'
BuildRequires: first, tool = 2.0, lang = 3
SPEC
build 1 second
expect_json '.tasks[0].reason.message | test("nothing provides requested first")'
build 0 second --linked first-built.json --module-enable tool:2.0 --flavor wordy --exclude 'nobody*'
lock_has first-1-1.noarch "tool-2.0-1.module_el9+2.$(uname -m)" lang-3-1.module_el9+3.noarch
digest=$(sha256sum first-built.json | cut -d' ' -f1)
expect_json '.tasks[0].options | join(" ")' \
    "--flavor wordy --linked build:$digest --module-enable tool:2.0 --exclude nobody*"
expect_json "[.artifacts[] | select(.sha256 == \"$digest\") | \"\\(.kind) \\(.name)\"] | join(\" \")" 'file linked.json'
package=.albs/store/sha256/$(jq -r '.artifacts[] | select(.name == "second-1-1.noarch.rpm").sha256 | "\(.[0:2])/\(.)"' \
    "$out")
[ "$(rpm -qp --nosignature --qf '%{summary}' "$package")" = 'said by a flavor' ] ||
    fail 'the flavor did not reach the package'
cp "$out" built.json

# The same by options of the package.
cat >configs.json <<'JSON'
{"second": {"*": {"platform_flavors": ["wordy"], "linked_builds": ["first-built.json"],
  "mock_options": {"module_enable": ["tool:2.0"], "yum_exclude": ["nobody*"]}}}}
JSON
rm -rf .albs/tasks
build 0 second --build-configs configs.json
jq -S '.tasks[0] | del(.started, .finished, .resources)' built.json >by-command
jq -S '.tasks[0] | del(.started, .finished, .resources)' "$out" >by-package
same by-command by-package

# Nothing but the store, the packages and the manifest is left to reproduce it with.
rm -rf .albs/linked .albs/metadata .albs/tasks configs.json first-built.json "$distro"
expect_from 0 built.json unshare --net albs-build reproduce --platforms test.yaml
expect_json '[.tasks[].packages[] | "\(.name) \(.verdict)"] | sort | join(", ")' \
    'second-1-1.noarch.rpm identical, second-1-1.src.rpm identical'
expect_json '.tasks[0].same_toolchain'
jq -c '.tasks[0].options += ["--word"]' built.json | jq -c '.stages = []' >odd.json
expect_from 3 odd.json albs-build reproduce --platforms test.yaml
expect_stderr "'--word' is no option that this version can repeat"
