# SPDX-License-Identifier: GPL-3.0-or-later
# A source package becomes binary packages, a source package and a log, all named in the manifest and in the store.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
arch=$(uname -m)
expect_from 0 greet.json albs-build --output out
expect_stderr "built .* packages"
cp "$out" built.json
expect_json '.tasks | length' 1
expect_json '.tasks[0] | "\(.status) \(.platform) \(.backend) \(.network) \(.verified) \(.reason)"' \
    'ok host host false false null'
expect_json '.tasks[0].id' "$(jq -r '.sources[0].id' greet.json)/host/$arch"
expect_json '.tasks[0].isolation | .network == false and .pid_namespace and .no_new_privileges and .read_only_root'
expect_json '[.artifacts[] | select(.kind == "rpm").name] | map(select(test("debug") | not)) | sort | join(" ")' \
    "greet-1.0-1.$arch.rpm greet-doc-1.0-1.noarch.rpm"
expect_json '[.artifacts[] | select(.kind == "srpm")] | length' 2
expect_json '.tasks[0].artifacts[-1] == .tasks[0].log'
expect_json '.tasks[0].buildroot as $lock | [.artifacts[] | select(.sha256 == $lock).kind] | join(" ")' buildroot
lock=$(jq -r .tasks[0].buildroot built.json)
jq -e '.schema == "albs.buildroot/1" and (.packages | length > 20 and all(.name != "" and .version != ""))' \
    ".albs/store/sha256/$(printf %.2s "$lock")/$lock" >/dev/null ||
        fail "the lock does not name the packages of this machine"
for name in "greet-1.0-1.$arch.rpm" greet-doc-1.0-1.noarch.rpm greet-1.0-1.src.rpm "greet-1.0-1.$arch.log"; do
    digest=$(jq -r --arg name "$name" '[.artifacts[] | select(.name == $name).sha256] | last' built.json)
    [ "$(sha256sum "out/$name" | cut -d' ' -f1)" = "$digest" ] || fail "out/$name is not artifact $digest"
    [ "$(sha256sum ".albs/store/sha256/$(printf %.2s "$digest")/$digest" | cut -d' ' -f1)" = "$digest" ] ||
        fail "$name is not in the store"
done
head -n 1 "out/greet-1.0-1.$arch.log" | grep -q "^task greet@srpm-.*/host/$arch: greet-1.0-1.src " ||
    fail "the log does not name its task"
[ "$(rpm -qp --qf '%{BUILDHOST} %{BUILDTIME} %{SOURCERPM}' "out/greet-1.0-1.$arch.rpm")" = \
    "localhost 1416100000 greet-1.0-1.src.rpm" ] ||
    fail "the header names this machine or this time"
