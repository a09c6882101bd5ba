#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make.sh [-a ARCH] [-p PROFILE] DIR: a small RPM distribution, made of Debian's own packages, in DIR. See README.md
# here. Prints nothing. Status 77, with the reason on stderr, where no packages can be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debs.sh"
. "$here/repositories.sh"

usage() {
    echo "usage: make.sh [-a x86_64|i686|aarch64] [-p minimal|small|build] DIR" >&2
    exit 2
}
arch=$(uname -m) profile=build
while getopts a:p: option; do
    case $option in
    a) arch=$OPTARG ;;
    p) profile=$OPTARG ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# = 1 ] && [ -f "$here/packages/$profile.txt" ] || usage
case $arch in
x86_64) debian=amd64 ;;
i686) debian=i386 ;;
aarch64) debian=arm64 ;;
*) usage ;;
esac
cannot() {
    echo "make.sh: $*" >&2
    exit 77
}
for program in apt-get dpkg-deb rpmbuild rpmsign createrepo_c modifyrepo_c gpg python3 zstd flock; do
    command -v $program >/dev/null || cannot "'$program' is not installed"
done
LC_ALL=C
SOURCE_DATE_EPOCH=1700000000
export LC_ALL SOURCE_DATE_EPOCH
unset GNUPGHOME

cache=${ALBS_TEST_CACHE:-/var/tmp/albs-distro-$(id -u)}
mkdir -p "$cache"
[ -O "$cache" ] || cannot "'$cache' is somebody else's"
# The kernel lets the lock go when the process ends, however it ends.
exec 9>"$cache/lock"
flock 9
rm -rf "$cache"/work-*
work=$(mktemp -d "$cache/work-XXXXXX")
trap 'gpgconf --homedir "$work/gnupg" --kill all 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

digest() { sha256sum | cut -c 1-20; }
recipe=$({
    cd "$here"
    find . -path ./tests -prune -o -type f ! -name '*.pyc' ! -name README.md -print | LC_ALL=C sort | xargs sha256sum
    echo "$arch $profile $(rpmbuild --version)"
} | digest)

# Two questions: did this recipe meet these package lists before (no program but sha256sum is asked), and has another
# list chosen the same packages.
make_distribution() {
    apt_prepare
    lists=$(apt_lists_digest)
    [ -z "$lists" ] || key=$(cat "$cache/known/$recipe-$lists" 2>/dev/null) || key=
    [ -z "${key:-}" ] || [ ! -d "$cache/$key" ] || return 0
    [ -n "$lists" ] || apt_update
    apt_choose >"$work/chosen"
    key=$arch-$profile-$({ echo "$recipe" && cat "$work/chosen"; } | digest)
    if [ ! -d "$cache/$key" ]; then
        apt_download
        mkdir "$work/new"
        make_repositories "$work/new"
        mv "$work/new" "$cache/$key"
    fi
    mkdir -p "$cache/known"
    echo "$key" >"$cache/known/$recipe-$(apt_lists_digest)"
}
make_distribution
touch "$cache/$key"

# The packages stay in the cache: who damages them on purpose makes a copy first. The rest is the caller's own.
mkdir -p "$1"
target=$(cd "$1" && pwd)
for repository in base updates appstream; do
    rm -rf "${target:?}/$repository"
    mkdir "$target/$repository"
    cp -R "$cache/$key/$repository/repodata" "$target/$repository/"
    ln -s "$cache/$key/$repository/Packages" "$target/$repository/Packages"
done
rm -rf "$target/gnupg"
cp -R "$cache/$key/gnupg" "$target/gnupg"
cp "$cache/$key/RPM-GPG-KEY-test" "$cache/$key/fingerprint" "$target/"
sed "s,@DIR@,$target,g" "$here/test.repo" >"$target/test.repo"
# Of each kind the latest three stay, and of the converted packages what was used in the last two weeks.
# shellcheck disable=SC2012
ls -dt "$cache/$arch-$profile"-* | tail -n +4 | xargs -r rm -rf
[ ! -d "$cache/converted" ] || find "$cache/converted" -mindepth 1 -maxdepth 1 -mtime +14 -exec rm -rf {} +
