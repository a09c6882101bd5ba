# SPDX-License-Identifier: GPL-3.0-or-later
# What %generate_buildrequires asks for comes into the root, round by round; the lock of the last round makes the same
# packages again without any network; what was remembered is built anew when the repository has something else to give.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# extra VERSION: a package for the repository of our own.
extra() {
    printf 'Name: extra\nVersion: %s\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%%description\nx\n%%files\n' "$1" >extra.spec
    rpmbuild --quiet -bb -D "_topdir $PWD/top" -D "_rpmdir $PWD/own" extra.spec >"$work/.rpmbuild" 2>&1 ||
        fail "$(cat "$work/.rpmbuild")"
    createrepo_c -q own
}
command -v createrepo_c >/dev/null || skip 'createrepo_c is not installed'
extra 1
plain_platform
add_repository test.yaml own "file://$PWD/own"
asking asks "echo 'extra >= 1'
if $(has extra); then echo '(which if extra)'; fi"
expect 0 albs-build lock --platforms test.yaml --platform test-9
for name in extra which; do
    jq -e --arg name $name '.packages | all(.name != $name)' "$out" >/dev/null ||
        fail "$name is in every root of the platform"
done
build 0 asks
expect_json '.tasks[0].status' ok
lock_has extra which
expect_stderr "the spec asks for '(which if extra)', round 3"
digests() { jq -r '.artifacts[] | select(.kind == "rpm" or .kind == "srpm") | "\(.sha256) \(.name)"' "$1" | sort -u; }
digests "$out" >first
cp "$out" built.json
cp "$(object_of "$(jq -r '.tasks[0].buildroot' "$out")")" lock.json

# The lock alone, without network and repositories; then as the manifest says it, with its times.
mkdir other && cp -r .albs/store .albs/dnf other
mv own moved && mv "$distro" "$distro.moved"
expect_from 0 asks.json unshare --net albs-build --workspace other --lock lock.json
digests "$out" >second
same first second
expect_from 0 built.json unshare --net albs-build reproduce --platforms test.yaml
expect_json '[.tasks[].packages[].verdict] | unique | join(" ")' identical
mv moved own && mv "$distro.moved" "$distro"

# Remembered, until the repository has a newer one of what only the spec knows that it needs.
build 0 asks
expect_stderr 'built earlier'
same "$out" built.json
extra 2
build 0 asks
expect_stderr 'the spec asks for'
lock_has extra-2-1.noarch
