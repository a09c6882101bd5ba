# SPDX-License-Identifier: GPL-3.0-or-later
# A distribution that was made once is there again at once, offline, with the same bytes; without packages and without a
# network the maker says so with status 77.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distro.sh"
unshare -rn true 2>/dev/null || skip 'no network namespaces here'
test_distribution

start=$(date +%s%N)
expect 0 unshare -rn sh "$ALBS_SOURCE/tests/distro/make.sh" -p minimal "$work/again"
spent=$((($(date +%s%N) - start) / 1000000))
expect_empty_stdout
expect_no_stderr
# It takes 0.1 s; a machine that is busy may need more, a conversion needs ten times as much in any case.
[ $spent -lt 5000 ] || fail "$spent ms from the cache"
for repository in base updates appstream; do
    same "$distro/$repository/repodata/repomd.xml" "$work/again/$repository/repodata/repomd.xml"
    [ "$(readlink "$distro/$repository/Packages")" = "$(readlink "$work/again/$repository/Packages")" ] ||
        fail 'other packages'
done

ALBS_TEST_CACHE=$work/empty expect 77 unshare -rn sh "$ALBS_SOURCE/tests/distro/make.sh" -p minimal "$work/none"
expect_empty_stdout
expect_stderr '^make.sh: no lists of packages: '
expect 2 sh "$ALBS_SOURCE/tests/distro/make.sh" -a sparc "$work/none"
