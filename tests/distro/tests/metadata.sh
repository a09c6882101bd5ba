# SPDX-License-Identifier: GPL-3.0-or-later
# What a solver wants to see of a real distribution: signed metadata in three compressions, groups, module streams,
# advisories, dependencies that are closed; and a changed byte is found.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distro.sh"
can_make_roots
test_distribution

for repository in base updates appstream; do
    gpg --homedir "$distro/gnupg" --batch --quiet --verify "$distro/$repository/repodata/repomd.xml.asc" \
        "$distro/$repository/repodata/repomd.xml" 2>"$err" || fail "$repository: no good signature"
done
gpgconf --homedir "$distro/gnupg" --kill all
ls "$distro"/base/repodata/*-primary.xml.gz "$distro"/updates/repodata/*-primary.xml.zst \
    "$distro"/appstream/repodata/*-primary.xml.xz >"$out" || fail 'a compression is missing'

root=$work/root
mkdir "$root"
defer "remove_root '$root'"
dnf_into "$root" module list >"$out" 2>"$err" || fail 'module list'
expect_stdout '^tool *1.0 \[d\]'
expect_stdout '^tool *2.0 '
expect_stdout '^lang *4 '
dnf_into "$root" group info build >"$out" 2>"$err" || fail 'group info'
expect_stdout '^ *redhat-rpm-config'
# The non-modular tool 9.0 is hidden by the default stream; without modules it is the latest.
dnf_into "$root" repoquery --latest-limit 1 tool >"$out" 2>"$err" || fail 'repoquery'
expect_stdout '^tool-0:1.0-1.module_el9+1'
dnf_into "$root" repoquery --setopt=appstream.module_hotfixes=1 --latest-limit 1 tool >"$out" 2>"$err" ||
    fail 'repoquery'
expect_stdout '^tool-0:9.0-1.el9'
closed

# Every package has a good signature of the key, and one without is refused, as is metadata that was changed.
in_root rpmkeys --dbpath "$work/db" --import "$distro/RPM-GPG-KEY-test"
find -L "$distro" -name '*.rpm' -print0 | in_root xargs -0 rpmkeys --dbpath "$work/db" -K >"$out" 2>&1 || fail 'rpmkeys'
[ "$(grep -c ': digests signatures OK$' "$out")" = "$(find -L "$distro" -name '*.rpm' | wc -l)" ] ||
    fail 'not all are signed'
cp -R "$(readlink "$distro/base/Packages")" "$work/Packages"
rm "$distro/base/Packages"
mv "$work/Packages" "$distro/base/Packages"
rpmsign --delsign "$distro"/base/Packages/setup-* >"$out" 2>&1 || fail 'rpmsign --delsign'
expect 1 dnf_into "$root" install setup test-release
expect_stderr 'setup-.*incorrect checksum'
createrepo_c -q "$distro/base" || fail 'createrepo_c'
expect 1 dnf_into "$root" --setopt=base.repo_gpgcheck=0 --refresh install setup test-release
expect_stderr 'Package setup-[^ ]* is not signed'
sed -i 's/<revision>1/<revision>2/' "$distro/updates/repodata/repomd.xml"
expect 1 dnf_into "$root" --refresh makecache
expect_stderr 'GPG verification\|[Bb]ad.*signature\|GPG signature'
