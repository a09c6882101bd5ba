# SPDX-License-Identifier: GPL-3.0-or-later
# What would be built, in which root, and what there is to fetch, without building or fetching packages.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
make_distribution "$work/distro"
# source BUILDREQUIRES: a manifest of one source on stdout.
source_manifest() {
    printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildRequires: %s\n%%description\nx\n' "$1" \
        >it.spec
    rpmbuild --quiet -bs --define "_topdir $work/rpmbuild" --define "_srcrpmdir $work" it.spec >/dev/null 2>&1 ||
        fail rpmbuild
    built_manifest it-1-1.src.rpm |
        jq -c '.artifacts[0].kind = "srpm" | .tasks = [] | .artifacts[0].sha256 as $srpm | .sources =
        [{id: "it@srpm-000000000000", kind: "srpm", name: "it", origin: "it-1-1.src.rpm", srpm: $srpm, url: null, ref: null, commit: null, tree: null, commit_time: null, layout: null, spec: null,
          source_date_epoch: 1700000000, lookaside: [], signature: {status: "none", key: null, signer: null}}]'
}
cat >platform.yaml <<END
- name: test-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [$(uname -m)]
  data: {mock: {chroot_setup_cmd: install dash}}
  repositories:
END
for part in base updates modular; do
    echo "    - {name: $part, arch: $(uname -m), type: rpm, url: 'file://$work/distro/$part'}" >>platform.yaml
done
plan() {
    plan_status=$1
    shift
    expect "$plan_status" albs-build plan --platforms platform.yaml --platform test-9 "$@" manifest.json
}
root_has() { jq -e --arg nevra "$1" '.roots[0].packages | map(.nevra) | index($nevra) != null' "$out" >/dev/null; }
source_manifest 'lib = 2, (bash or dash)' >manifest.json
plan 0
expect_json .schema albs.build-plan/1
expect_json '.tasks[0].build' true
expect_json '.tasks[0].needs | index("lib = 2") != null'
expect_json '.tasks[0].root == .roots[0].id'
expect_json '.roots[0].packages | map(.nevra) | index("lib-2-1.noarch") != null'
expect_json '.roots[0].missing == .roots[0].size and .roots[0].size > 0'
cp "$out" first.json
[ ! -e .albs/dnf ] || [ -z "$(find .albs/dnf -type f)" ] || fail 'plan fetched packages'
plan 0
same "$out" first.json
source_manifest 'nothing-such >= 2' >manifest.json
plan 1
expect_json '.tasks[0].build' false
expect_json '.tasks[0].reason' 'nothing provides requested nothing-such >= 2'
expect 0 albs-build plan manifest.json
expect_json '.tasks[0].root' null

# Each option of a build that chooses packages is heeded.
source_manifest 'tool, app' >manifest.json
plan 0
root_has tool-1.1-1.noarch || fail 'the default stream is not there'
root_has bash-2:5-2.noarch && fail 'bash is there without a need'
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
