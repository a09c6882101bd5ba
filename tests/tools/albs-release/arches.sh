# SPDX-License-Identifier: GPL-3.0-or-later
# Every architecture that was asked for has to be there; noarch packages go to each; an architecture that the spec
# excludes is no failure; a tree is for one platform.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
build_package hello 1.0
manifest_of hello 1.0 >built.json
# finish FILTER: the built manifest after a change, signed and notarized.
finish() {
    jq -c "$1" built.json | albs-notarize -q >.n.json 2>"$err" &&
        albs-sign -q --key "$key" <.n.json >.s.json 2>"$err" && albs-notarize -q .s.json
}
second='.tasks += [.tasks[0] | .arch = "s390x" | .id = (.source + "/host/s390x")'
finish "$second | .status = \"failed\" | .artifacts = []]" >failed.json
expect_from 1 failed.json albs-release --to repo --key "$key"
expect_stderr 'host/s390x: refused: failed'
[ ! -e repo ] || fail 'published without an architecture'
finish "$second | .status = \"skipped\" | .artifacts = [] | .reason = {phase: \"setup\", kind: \"arch\", message: \"ExclusiveArch\", log: null, offset: null}]" >excluded.json
expect_from 0 excluded.json albs-release --to excluded --key "$key"
[ ! -e excluded/s390x ] || fail 'a repository for an excluded architecture'
# Both tasks made the very same noarch package; the other packages of s390x are left out of this test.
finish "$second"' | .artifacts = [.artifacts[2]]]' >both.json
expect_from 0 both.json albs-release --to both --key "$key"
for one in "$arch" s390x; do
    [ -f "both/$one/os/Packages/h/hello-doc-1.0-1.noarch.rpm" ] || fail "no noarch package for $one"
done
expect 0 albs-release check both
# A build stage that asked for more than there is, sealed as albs-build would have.
jq -cS --arg arch "$arch,riscv64" '.stages = []' excluded.json | tr -d '\n' >tables
jq -c --arg arch "$arch,riscv64" --arg seal "$(sha256sum <tables |
    cut -d' ' -f1)" '.stages = [{id: ("0" * 64), tool: "albs-build",
    version: "0", started: "2026-01-01T00:00:00Z", finished: "2026-01-01T00:00:01Z", parameters: {arch: $arch}, inputs: [],
    verdict: "yes", seal: $seal}]' excluded.json >staged.json
expect_from 1 staged.json albs-release --to missing --key "$key"
expect_stderr 'refused: it was to be built for riscv64, and no task did'
[ ! -e missing ] || fail 'published without an architecture'
jq -c '.stages = [] | .tasks += [.tasks[0] | .platform = "other-9" | .id = "other" | .artifacts = []]' excluded.json \
    >platforms.json
expect_from 3 platforms.json albs-release --to platforms --key "$key"
expect_empty_stdout
expect_stderr 'packages of 2 platforms'
expect_stderr 'hint: .*--platform'
expect_from 0 platforms.json albs-release --to platforms --key "$key" --platform host
expect_from 3 platforms.json albs-release --to platforms --key "$key" --platform nine
expect_empty_stdout
