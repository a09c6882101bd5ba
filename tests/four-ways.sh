# SPDX-License-Identifier: GPL-3.0-or-later
# One source built four ways: as root and as a plain user, each from nothing (a root solved from the test distribution,
# its packages fetched) and from the first way's lock alone, without any network, after the repositories moved on.
# Sourced after root-lib.sh; needs root.
ways='root-cold root-lock user-cold user-lock'

# today.yaml is the test distribution as it was released. In moved.yaml the updates are there, and the packages that
# they are updates of are gone.
platforms_of_distribution() {
    platform today.yaml "$distro/base" "$distro/appstream"
    mkdir -p moved/base/Packages
    ln -s "$distro"/base/Packages/*.rpm moved/base/Packages/
    for package in "$distro"/updates/Packages/*.rpm; do
        rm -f "moved/base/Packages/$(basename "$package" | sed 's/-[^-]*-[^-]*$//')"-[0-9]*
    done
    createrepo_c -q --groupfile "$ALBS_SOURCE/tests/distro/comps.xml" moved/base
    gpg --homedir "$distro/gnupg" --batch -q --no-tty --armor --detach-sign moved/base/repodata/repomd.xml
    gpgconf --homedir "$distro/gnupg" --kill all
    platform moved.yaml "$work/moved/base" "$distro/updates" "$distro/appstream"
}

# one_way WAY NAME: builds NAME.json into NAME.WAY.json, in a workspace that has nothing but the source package
# and, for a lock, the packages of the first way. The status is the tool's, what it said is in $err.
one_way() {
    way=$1
    name=$2
    at=$work/ways/$way
    mkdir -p "$at"
    cp -r .albs/store "$at/"
    case $way in
    *-lock)
        cp -rl "$work/ways/root-cold/dnf" "$at/"
        alone=--net
        set -- --platforms "$work/moved.yaml" --lock "$work/$name.lock"
        ;;
    *)
        alone=
        set -- --platforms "$work/today.yaml"
        ;;
    esac
    set -- albs-build -v --workspace "$at" --platform test-9 "$@"
    case $way in
    user-*)
        chown -R $plain_user "$at"
        unshared_too=$alone as_plain_user "$@" <"$name.json"
        ;;
    *)
        # shellcheck disable=SC2086 # a word or none
        unshare --mount $alone "$@" <"$name.json"
        ;;
    esac >"$name.$way.json" 2>"$err"
}
# The RPMs that the task made, its source package as built among them.
packages_of() {
    jq -r '.tasks[0].artifacts as $made | .artifacts[] | select(.name | endswith(".rpm")) | select(.sha256 | IN($made[])) | "\(.sha256) \(.name)"' \
        "$1" | sort -u
}
# cold_ways NAME WHAT: NAME.json is built from nothing as root and as a plain user. Both tasks are WHAT (architecture,
# status, machine and emulator), both made the same packages, which are in NAME.root-cold, and $log is the log of the
# last.
cold_ways() {
    for each in root-cold user-cold; do
        one_way $each "$1" || fail "$each"
        cp "$1.$each.json" "$out"
        expect_json '.tasks[0] | "\(.arch) \(.status) \(.isolation.machine) \(.isolation.emulator)"' "$2"
        packages_of "$out" >"$1.$each"
    done
    same "$1.root-cold" "$1.user-cold"
    log=$(jq -r '.tasks[0].log' "$out")
    log=ways/user-cold/store/sha256/$(printf %.2s "$log")/$log
}
lock_of_task() { jq -r '.tasks[0].buildroot' "$1"; }

# four_ways NAME: NAME.json is built in all ways, NAME.WAY has the packages of each, digest and name. False, and $why
# says why, if a build fails or its packages are not those of the first way to the byte.
four_ways() {
    why=
    rm -rf ways
    for each in $ways; do
        if ! one_way "$each" "$1"; then
            why="$each: $(jq -r '.tasks[0].reason | "\(.phase)/\(.kind): \(.message)"' "$1.$each.json" 2>/dev/null ||
                tail -n 1 "$err")"
            return 1
        fi
        packages_of "$1.$each.json" >"$1.$each"
        lock=$(lock_of_task "$1.$each.json")
        [ "$each" != root-cold ] || cp "ways/root-cold/store/sha256/$(printf %.2s "$lock")/$lock" "$1.lock"
        [ "$lock" = "$(sha256sum <"$1.lock" | cut -d' ' -f1)" ] || why="$why $each: another lock."
        cmp -s "$1.root-cold" "$1.$each" ||
            why="$why $each: $(comm -13 "$1.root-cold" "$1.$each" | cut -d' ' -f2 | tr '\n' ' ')differ."
    done
    [ -z "$why" ]
}
