#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# srpm.sh BUILD: source packages made in the base root of a platform, from source trees, beside rpmbuild -bs on this
# machine, without any root, on the same files. Aim: under 0.3 s each. ALBS_BENCH_PACKAGES and ALBS_BENCH_ROUNDS make it
# smaller or larger.
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
packages=${ALBS_BENCH_PACKAGES:-20}
rounds=${ALBS_BENCH_ROUNDS:-3}
plain_platform
names=$(seq -f 'package%03g' "$packages")

# write_packages ROUND: directories that no run knows.
write_packages() {
    for name in $names; do
        mkdir -p "$name"
        make_spec "$name" "$name/$name.spec" "$name-1.0.tar.gz"
        head -c 300000 /dev/urandom >"$name/$name-1.0.tar.gz"
        echo "patch of round $1" >"$name/fix.patch"
    done
    # shellcheck disable=SC2086
    albs-fetch -q $names >fetched.json 2>"$err" || fail 'cannot fetch'
}
ours() { albs-build srpm -q --platforms test.yaml --platform test-9 -j 1 fetched.json; }
bare() {
    for name in $names; do
        rpmbuild -bs --quiet --define "_topdir $work/rpm" --define "_sourcedir $work/$name" "$name/$name.spec" || return 1
    done
}
write_packages 0
ours >"$out" 2>"$err" || fail 'the base root cannot be made'
machine
for round in $(seq "$rounds"); do
    write_packages "$round"
    timed ours ours
    timed bare bare
done
printf '%s source packages, one after the other, %s rounds; ms\n' "$packages" "$rounds"
row 'rpmbuild -bs, no root' bare
row 'ours, in the base root' ours bare
printf '  each: %s ms\n' "$(($(median ours.ms) / packages))"
