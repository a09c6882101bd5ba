# SPDX-License-Identifier: GPL-3.0-or-later
# The build profile is closed, and has what EL9's build roots and these packages of EL9 ask for: basesystem, bc, gzip,
# less, m4, patch, rootfiles, sharutils, unzip, which, zip.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distro.sh"
can_make_roots
test_distribution build

root=$work/root
mkdir "$root"
defer "remove_root '$root'"
closed
# A name that is not there is an error; all of it can be installed together.
expect 0 dnf_into "$root" --downloadonly install @build autoconf automake binutils bison bzip2-devel coreutils diffutils ed flex gcc gettext glibc-common \
    less libattr-devel libselinux-devel libtool make ncurses-devel readline-devel sed texinfo unzip
expect 1 dnf_into "$root" --downloadonly install no-such-package
