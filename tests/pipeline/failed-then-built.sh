# SPDX-License-Identifier: GPL-3.0-or-later
# A build that failed and the later one that succeeded are two attempts: both stay, the later counts, for every tool and
# in both orders; and albs-build --retry builds again what failed in the manifest that it gets.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"

make_signer
make_flat "$work/fixture" hello
sed -i 's/^%build$/%build\n%{?broken:exit 1}/' "$work/fixture/hello/hello.spec"
commit_all "$work/fixture/hello" 'Can be broken'
git -C "$work/fixture/hello" push -q "$work/fixture/git/hello.git" c9 || fail 'no push'
albs-fetch -q "file://$work/fixture/git/hello.git#c9" --lookaside "file://$work/fixture/files" >source.json ||
    fail 'not fetched'
expect_from 1 source.json albs-build -q --define 'broken 1'
cp "$out" failed.json
sleep 1.1
expect_from 0 source.json albs-build -q
cp "$out" built.json
plain=$(jq -r '.tasks[0].id' built.json)

# next STATUS COMMAND...: on what the last command wrote.
next() {
    cp "$out" last.json
    next_status=$1
    shift
    expect_from "$next_status" last.json "$@"
}
for order in 'failed.json built.json' 'built.json failed.json'; do
    # shellcheck disable=SC2086
    expect 0 albs-notarize -q $order
    cp "$out" both.json
    expect_json '[.tasks[].status] | sort | join(" ")' 'failed ok'
    expect_json '.tasks[1].follows' "$plain"
    expect_json '[.tasks[].finished] | unique | length' 2
    expect 0 albs-build -q both.json
    expect 0 albs-test -q both.json
    next 0 albs-notarize -q
    next 0 albs-sign -q --key "$key"
    expect_json '.signatures | length' 2
    next 0 albs-notarize -q
    cp "$out" recorded.json
    expect_from 0 recorded.json albs-release -q --to "repo-$(echo "$order" | cut -c1)" --name demo --key "$key"
    expect_from 0 recorded.json albs-notarize verify --log-key "$ALBS_WORKSPACE/ledger/log.vkey"
    expect 0 albs-sbom --format cyclonedx recorded.json
    expect_stdout hello
done

# The later one failed: then that counts.
jq -c '.stages = [] | .tasks[0].finished = "2099-01-01T00:00:00Z"' failed.json >later.json
expect 0 albs-notarize -q built.json later.json
cp "$out" both.json
expect 1 albs-build -q both.json
expect 1 albs-test -q both.json
expect_json '.tests | length' 0
expect 0 albs-sign -q --key "$key" both.json
expect_json '.signatures | length' 0
expect 1 albs-release -q --to repo --name demo --key "$key" both.json
expect_stderr failed

# albs-build carries failures on, and builds them again when it is asked to.
expect 1 albs-build failed.json
expect_json '.tasks | length' 1
expect 0 albs-build --retry failed.json
expect_json '[.tasks[].status] | join(" ")' 'failed ok'
