# SPDX-License-Identifier: GPL-3.0-or-later
# What would be built, in which root, and what there is to fetch, without building or fetching packages.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
make_distribution "$work/distro"
# source BUILDREQUIRES: a manifest of one source on stdout.
source_manifest() {
    printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildRequires: %s\n%%description\nx\n' "$1" >it.spec
    rpmbuild --quiet -bs --define "_topdir $work/rpmbuild" --define "_srcrpmdir $work" it.spec >/dev/null 2>&1 || fail rpmbuild
    built_manifest it-1-1.src.rpm | jq -c '.artifacts[0].kind = "srpm" | .tasks = [] | .artifacts[0].sha256 as $srpm | .sources =
        [{id: "it@srpm-000000000000", kind: "srpm", name: "it", origin: "it-1-1.src.rpm", srpm: $srpm, url: null, ref: null, commit: null, tree: null, commit_time: null, layout: null, spec: null,
          source_date_epoch: 1700000000, lookaside: [], signature: {status: "none", key: null, signer: null}}]'
}
source_manifest 'lib = 2, (bash or dash)' >manifest.json
expect 0 albs-build plan --repo "$work/distro/repos.repo" manifest.json
expect_json .schema albs.build-plan/1
expect_json '.tasks[0].build' true
expect_json '.tasks[0].needs | index("lib = 2") != null'
expect_json '.tasks[0].root == .roots[0].id'
expect_json '.roots[0].packages | map(.nevra) | index("lib-2-1.noarch") != null'
expect_json '.roots[0].missing == .roots[0].size and .roots[0].size > 0'
cp "$out" first.json
[ ! -e .albs/dnf ] || [ -z "$(find .albs/dnf -type f)" ] || fail 'plan fetched packages'
expect 0 albs-build plan --repo "$work/distro/repos.repo" manifest.json
same "$out" first.json
source_manifest 'nothing-such >= 2' >manifest.json
expect 1 albs-build plan --repo "$work/distro/repos.repo" manifest.json
expect_json '.tasks[0].build' false
expect_json '.tasks[0].reason' 'nothing provides requested nothing-such >= 2'
expect 0 albs-build plan manifest.json
expect_json '.tasks[0].root' null
