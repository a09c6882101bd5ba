# SPDX-License-Identifier: GPL-3.0-or-later
# From a dist-git repository to a package that dnf installs: all tools, one pipe, no waiver; and again with the same
# bytes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
command -v dnf >/dev/null || skip 'no dnf'

make_signer
make_flat "$work/fixture" hello
pipe() {
    albs-fetch "file://$work/fixture/git/hello.git#c9" --lookaside "file://$work/fixture/files" |
        albs-notarize | albs-build --platform host | albs-test | albs-notarize |
        albs-sign --key "$key" | albs-notarize |
        albs-release --to repo --name demo --key "$key" | albs-notarize
}
expect 0 pipe
expect_json '[.tasks[].status] | unique | join(" ")' ok
expect_json '[.releases[].repository] | sort | join(" ")' "source $arch/os"
expect_json '[.releases[].waived == null] | all'
expect_json '[.notarizations[] | select(.kind == "release")] | length' 2
cp "$out" first.json
expect 0 albs-release check repo
expect 0 dnf_with repo/demo.repo install hello
expect 0 rpm --root "$work/root" -q hello
[ -n "$(ls -A root/usr/share/hello)" ] || fail 'nothing was installed'
expect 0 pipe
[ "$(readlink repo)" = repo.1 ] || fail 'the same was published again'
jq -c .releases "$out" >ours
jq -c .releases first.json >theirs
same ours theirs
