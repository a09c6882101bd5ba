#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh BUILD: 100 packages with 200 lookaside files from servers on loopback: albs-fetch beside git clone, curl and
# rpmbuild -bs one after the other, in one run; then again with everything cached. Answers of the servers take
# ALBS_BENCH_DELAY ms longer (two rows: 0, and 20, as of a server in the same country).
# ALBS_BENCH_PACKAGES, ALBS_BENCH_ROUNDS and ALBS_BENCH_SIZE (bytes of a file) make it smaller or larger.
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
packages=${ALBS_BENCH_PACKAGES:-100} size=${ALBS_BENCH_SIZE:-300000} jobs=8
rounds=${ALBS_BENCH_ROUNDS:-3}

# make_package NAME: a flat repository of three commits with a patch, and two lookaside files by their sha512.
make_package() {
    git init -q -b c9 "$1"
    printf 'a patch\n' >"$1/fix.patch"
    make_spec "$1" "$1/$1.spec" "$1-1.0.tar.gz"
    sed -i "/^Patch0:/a Source1: $1-docs-1.0.tar.gz" "$1/$1.spec"
    commit_all "$1" "Import $1"
    for file in "$1-1.0.tar.gz" "$1-docs-1.0.tar.gz"; do
        head -c "$size" /dev/urandom >"files/$file"
        sum=$(sha512sum <"files/$file" | cut -d' ' -f1)
        mkdir -p "files/$1/$file/sha512/$sum"
        mv "files/$file" "files/$1/$file/sha512/$sum/$file"
        printf 'SHA512 (%s) = %s\n' "$file" "$sum" >>"$1/sources"
    done
    commit_all "$1" 'Take the sources'
    printf '\n' >>"$1/fix.patch"
    commit_all "$1" 'Say more'
    publish "$work" "$1"
    rm -rf "$1"
}
# one_after_the_other: what people have in a shell script, with the digests checked.
one_after_the_other() {
    mkdir serial
    for name in $names; do
        git clone -q -b c9 "$git_url/$name.git" "serial/$name"
        sed 's/^SHA512 (\(.*\)) = \(.*\)/\2  \1/' "serial/$name/sources" | while read -r sum file; do
            curl -sSf -o "serial/$name/$file" "$files_url/$name/$file/sha512/$sum/$file" || exit 1
            echo "$sum  serial/$name/$file" | sha512sum --quiet -c - || exit 1
        done || return 1
        [ "$1" = fetch ] || rpmbuild -bs --quiet --define "_topdir $work/rpm" --define "_sourcedir $work/serial/$name" \
            --define "_srcrpmdir $work/serial" "serial/$name/$name.spec" || return 1
    done
}
fetch() { albs-fetch -q --from "$1" --lookaside "$files_url/{name}/{file}/{hashtype}/{hash}/{file}" -j "$jobs"; }
# each FIGURES: ms a package, of the median.
each() { awk -v all="$(median "$1.ms")" -v count="$packages" 'BEGIN { printf "%.1f", all / count }'; }

mkdir files git
names=$(seq -f 'package%03g' "$packages")
for name in $names; do make_package "$name"; done
machine
printf '%s packages, %s lookaside files of %s bytes, -j %s, %s rounds; ms\n' "$packages" $((2 * packages)) "$size" \
    "$jobs" "$rounds"
for delay in 0 ${ALBS_BENCH_DELAY:-20}; do
    start_server "$work" "" --delay "$delay" || exit 1
    for name in $names; do echo "$git_url/$name.git#c9"; done >list
    rm -f ./*.ms
    for _ in $(seq "$rounds"); do
        rm -rf .albs
        timed ours fetch list
        cp "$out" fetched.json
        timed again fetch list
        timed recorded fetch fetched.json
        timed serial one_after_the_other all
        rm -rf serial rpm
        timed clones one_after_the_other fetch
        rm -rf serial
    done
    [ "$(jq '.sources | length' fetched.json)" = "$packages" ] || fail 'not all were fetched'
    printf '  %-40s %7s %9s\n' "servers answer after $delay ms" '' /ours
    row 'ours' ours
    row 'git clone, curl, rpmbuild -bs' serial ours
    row 'git clone, curl' clones ours
    row 'ours again, branches asked for' again
    row 'ours again, a manifest as list' recorded
    printf '  a package of these: %s and %s ms\n' "$(each again)" "$(each recorded)"
    stop_server
done
