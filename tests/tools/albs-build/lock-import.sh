# SPDX-License-Identifier: GPL-3.0-or-later
# What mock recorded becomes a lock: buildroot_lock.json 1.0 and 1.1, installed_pkgs.log. Another package of the same
# name and version is not taken for the one that was recorded.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
make_distribution "$work/distro"
base="$work/distro/base"

for file in "$base"/app-1*.rpm "$base"/data-1*.rpm "$base"/lib-1*.rpm "$base"/bash-5*.rpm; do
    query "$file" '%{nevra} %{buildtime} %{size} %{pkgid} installed\n'
done >installed_pkgs.log
echo 'gpg-pubkey-b86b3716-61e69f29 1 0 (none) installed' >>installed_pkgs.log
expect 0 albs-build lock --repo "$work/distro/repos.repo" --import installed_pkgs.log
cp "$out" log.json
[ "$(nevras log.json | sort | tr '\n' ' ')" = 'app-1-1.noarch bash-2:5-2.noarch data-1-1.noarch lib-1-1.noarch ' ] ||
    fail "other packages: $(nevras log.json)"
[ "$(nevras log.json | tail -n 1)" = app-1-1.noarch ] || fail 'app is not the last to be installed'
for version in 1.0.0 1.1.0; do
    for file in "$base"/app-1*.rpm "$base"/data-1*.rpm "$base"/lib-1*.rpm "$base"/bash-5*.rpm; do
        query "$file" '%{name} %{version} %{release} %{arch} %{epoch} %{sigmd5}\n'
    done | jq -nR --arg version $version \
        '{version: $version, config: {target_arch: "x86_64"}, buildroot: {rpms: [inputs | split(" ") |
        {name: .[0], version: .[1], release: .[2], arch: .[3], epoch: (if .[4] == "(none)" then null else .[4] end),
         sigmd5: .[5], license: "MIT", signature: null, url: "https://example.org/"}]}}' >mock.json
    expect 0 albs-build lock --repo "$work/distro/repos.repo" --import mock.json
    same "$out" log.json
done
jq '.version = "2.0.0"' mock.json >later.json
expect 3 albs-build lock --repo "$work/distro/repos.repo" --import later.json
expect_stderr "'later.json': it is of version '2.0.0'"
sed 's/"sigmd5": "./"sigmd5": "0/; s/"sigmd5": "0\(.\{31\}\)"/"sigmd5": "f\1"/' mock.json >false.json
expect 4 albs-build lock --repo "$work/distro/repos.repo" --import false.json
expect_stderr 'it is another package than the record names'
expect_empty_stdout
echo 'never-1-1.noarch 1 1 0123456789abcdef0123456789abcdef installed' >>installed_pkgs.log
expect 3 albs-build lock --repo "$work/distro/repos.repo" --import installed_pkgs.log
expect_stderr "no repository has 'never-1-1.noarch'"
echo 'who knows' >odd.log
expect 3 albs-build lock --repo "$work/distro/repos.repo" --import odd.log
expect_stderr "'odd.log': line 1 is not"
