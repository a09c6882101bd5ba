# SPDX-License-Identifier: GPL-3.0-or-later
# plan says of --lock, --network and --retry what the build does with them, and of this machine's toolchain what is taken
# from an earlier run.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package greet </dev/null
planned() {
    wanted_task=$1
    shift
    expect 0 albs-build plan "$@"
    expect_json '.tasks[0] | "\(.build) \(.reuse)"' "$wanted_task"
}
planned 'true false' greet.json
expect 0 albs-build greet.json -o built.json
planned 'true true' greet.json
planned 'true false' --network greet.json
expect_json '.tasks[0].root' null

check='false' package broken
expect 1 albs-build broken.json -o failed.json
# Its failure is remembered, and that is no result to use.
expect 1 albs-build plan broken.json
expect_json '.tasks[0] | "\(.build) \(.reuse) \(.reason)"' \
    'false false it failed in an earlier run, and is built again with --retry: + false'
planned 'true false' --retry broken.json
expect 0 albs-build plan failed.json
expect_json '.tasks | length' 0
planned 'true false' --retry failed.json

# The root of a lock, whatever there is at the repositories.
on='--platforms test.yaml --platform test-9'
# shellcheck disable=SC2086 # words
{
    expect 0 albs-build lock $on patch greet.src.rpm -o root.json
    mv test.yaml before.yaml && sed "s,file://[^']*,file:///nonexistent," before.yaml >test.yaml
    planned 'true false' $on --lock root.json greet.json
    expect_json '.tasks[0].root == .roots[0].id'
    expect_json '.roots[0] | "\(.platform) \(.missing) \(.installed)"' 'test-9 0 null'
    jq -r '.packages[].nevra' root.json >locked
    jq -r '.roots[0].packages[].nevra' "$out" >planned
    same planned locked
    jq '.packages[0].sha256 = "0" * 64' root.json >other.json
    expect_refusal 3 'is not in' albs-build plan $on --lock other.json greet.json
    expect_refusal 2 'error: --lock says what the root has, and --weak would change nothing' albs-build plan $on --lock \
        root.json --weak greet.json
    expect_refusal 2 "error: --lock is for the backend chroot, not for 'host'" albs-build plan --backend host --lock \
        root.json greet.json
    expect_refusal 3 "error: 'before.yaml': " albs-build plan $on --lock before.yaml greet.json
    expect_refusal 2 "error: cannot open 'gone.json': No such file" albs-build plan $on --lock gone.json greet.json
    mv before.yaml test.yaml
    # What a lock's --build-configs is for.
    echo '{"greet": {"*": {"mock_options": {"without": ["x"]}}}}' >configs.json
    expect_refusal 2 'error: --branch chooses among the options of --build-configs, and that is not given' \
        albs-build lock $on --branch c9 greet.src.rpm
    for operands in bash 'greet.src.rpm greet.src.rpm'; do
        expect_refusal 2 'error: --build-configs is for one source package, and the operands name ' \
            albs-build lock $on --build-configs configs.json $operands
    done
    expect_refusal 2 "error: package 'greet' in 'configs.json': --with 'x' and --without 'x' contradict each other" \
        albs-build lock $on --with x --build-configs configs.json greet.src.rpm
    expect_refusal 3 "error: 'test.yaml'" albs-build lock $on --build-configs test.yaml greet.src.rpm
}
