# SPDX-License-Identifier: GPL-3.0-or-later
# A lock says which of its packages, the first, are what every root of the platform has: the same ones in the same order
# whatever else is asked for. Where a root has not all of them, its lock has no base.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
arch=$(uname -m)
# make NAME LINE...: a package of these lines of the preamble.
make() {
    name=$1
    shift
    {
        printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n' "$name"
        printf '%s\n' "$@"
        printf '%%description\nx\n%%files\n'
    } | build_packages
}
make app 'Requires: choice tool'
make tool 'Requires: part'
make part ''
make a-choice 'Provides: choice'
make b-choice 'Provides: choice' 'Conflicts: a-choice'
make more 'Requires: part extra'
make extra ''
createrepo_c -q rpms
cat >test.yaml <<END
- name: test-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [$arch]
  data: {mock: {chroot_setup_cmd: 'install app'}}
  repositories: [{name: own, arch: $arch, type: rpm, url: 'file://$work/rpms'}]
END
lock() { expect 0 albs-build lock --platforms test.yaml --platform test-9 "$@"; }
base() { jq -r '.base as $n | if $n then .packages[:$n][].name else "none" end' "$out"; }
names() { jq -r '.packages[].name' "$out" | sort | tr '\n' ' '; }
lock
base >first
[ "$(sort first | tr '\n' ' ')" = 'a-choice app part tool ' ] || fail "the base is $(cat first)"
for more in more 'more extra' extra '--needs extra' 'part' '--needs part'; do
    # shellcheck disable=SC2086 # words
    lock $more
    base >again
    same first again
done
lock more
[ "$(names)" = 'a-choice app extra more part tool ' ] || fail "other packages: $(names)"
# The order of all, as far as it is not of the base, is that in which they are installed.
[ "$(jq -r '.packages[4:][].name' "$out" | tr '\n' ' ')" = 'extra more ' ] || fail 'another order'
lock b-choice
[ "$(names)" = 'app b-choice part tool ' ] || fail "other packages: $(names)"
[ "$(base)" = none ] || fail "a base that the root has not: $(base)"
if grep -q '"base"' "$out"; then fail 'it says so in another way'; fi
# What is remembered of a question is not taken for one with another base.
sed -i 's/install app/install tool/' test.yaml
lock app
[ "$(base | sort | tr '\n' ' ')" = 'part tool ' ] || fail "the base is $(base)"
# Without a platform there is nothing that every root has.
expect 0 albs-build lock --repo "own=file://$work/rpms" app
[ "$(base)" = none ] || fail "a base of nothing: $(base)"
# The lock of others stays as it is, to the byte.
for file in "$out" first.json; do
    [ "$file" = "$out" ] || lock -o first.json
    cp "$file" kept.json
    expect 0 albs-build lock --repo "own=file://$work/rpms" --lock kept.json
    same "$out" kept.json
done
