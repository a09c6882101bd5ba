# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped platforms from plan to package, over HTTP, from a mirror of the test distribution that is laid out as
# theirs: BaseOS, AppStream, CRB or PowerTools, devel, HighAvailability, and the key at its URL. Only the servers and
# the keys' fingerprints are others.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
fingerprint=$(cat "$distro/fingerprint")
arch=$(uname -m)
# What their buildroots have and the test distribution has not.
for name in almalinux-release scl-utils scl-utils-build zlib git-core; do
    ls "$distro"/base/Packages/"$name"-[0-9]* >/dev/null 2>&1 && continue
    printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%%description\nx\n%%files\n' \
        "$name" >"$name.spec"
    rpmbuild -bb --quiet -D "_topdir $work/rb" "$name.spec" >"$out" 2>"$err" || fail "no package $name"
done
mkdir -p devel none
mv rb/RPMS/noarch/*.rpm devel/
rpmsign --addsign -D "_gpg_path $distro/gnupg" -D "_gpg_name $fingerprint" -D '__gpg /usr/bin/gpg' devel/*.rpm \
    >"$out" 2>"$err" || fail 'not signed'
for repository in devel none; do
    createrepo_c -q $repository
    gpg --homedir "$distro/gnupg" --batch -q --armor --detach-sign $repository/repodata/repomd.xml 2>"$err" ||
        fail "the metadata of $repository is not signed"
done
gpgconf --homedir "$distro/gnupg" --kill all
# mirror FILE REPOSITORY: what has this repository's URL in the platform's file, on the server.
mirror() {
    place=$work/server/files/$(echo "$1" | sed 's,https://,,; s,/*$,,')
    mkdir -p "$(dirname "$place")"
    [ -e "$place" ] || cp -Rs "$2" "$place"
}
start_server "$work/server" || fail 'no server'
for name in almalinux-8 almalinux-9 almalinux-10 almalinux-kitten-10; do
    shipped=$ALBS_SOURCE/share/platforms/$name.yaml
    for url in $(sed -n 's/^ *url: //p' "$shipped" | grep "/$arch/"); do
        case $url in
        */BaseOS/*) mirror "$url" "$distro/base" ;;
        */AppStream/*) mirror "$url" "$distro/appstream" ;;
        */CRB/* | */PowerTools/*) mirror "$url" "$distro/updates" ;;
        */devel/*) mirror "$url" "$work/devel" ;;
        *) mirror "$url" "$work/none" ;;
        esac
    done
    url=$(sed -n 's/^ *gpgkey: //p' "$shipped" | sort -u)
    cp "$distro/RPM-GPG-KEY-test" "$work/server/files/${url#https://}"
    sed "s,https://,$files_url/,; s/\(gpgkey_fingerprint:\).*/\1 $fingerprint/" "$shipped" >"$name.yaml"
done
install='install -D greet %{buildroot}%{_bindir}/greet; mkdir -p %{buildroot}%{_docdir}/greet; rpm -qa >%{buildroot}%{_docdir}/greet/root' \
    spec greet
source_package greet
manifest_of greet >greet.json
for name in almalinux-8 almalinux-9 almalinux-10 almalinux-kitten-10; do
    at="--platforms $name.yaml --platform $name --arch $arch"
    # shellcheck disable=SC2086 # several words
    {
        expect 0 albs-build plan $at greet.json
        expect_stdout "greet.*$arch"
        expect 0 albs-build lock $at
        expect_json '[.repositories[].name | sub("^almalinux-(kitten-)?[0-9]+-"; "")] | sort | unique |
            index("baseos") != null and index("appstream") != null and index("devel") != null'
        expect_json '[.packages[].name] | index("almalinux-release") != null and index("gcc-c++") != null'
        [ $name != almalinux-9 ] || cp "$out" nine.lock
    }
done
# Two of them build; the others have the same packages.
for name in almalinux-8 almalinux-10; do
    # shellcheck disable=SC2086
    expect_from 0 greet.json albs-build --platforms $name.yaml --platform $name --arch "$arch" --output $name
    expect_json '[.tasks[].status] | unique == ["ok"]'
    ls $name/greet-1.0-1.el*."$arch".rpm >/dev/null 2>&1 || fail "$(ls $name) was built"
done
# A key of another name than the platform's is refused before a package is taken.
sed "s/gpgkey_fingerprint:.*/gpgkey_fingerprint: 0123456789ABCDEF0123456789ABCDEF01234567/" almalinux-9.yaml >wrong.yaml
rm -rf .albs
expect_refusal 3 "has the fingerprint $fingerprint, and not 0123456789ABCDEF0123456789ABCDEF01234567" \
    albs-build lock --platforms wrong.yaml --platform almalinux-9 --arch "$arch"
stop_server
