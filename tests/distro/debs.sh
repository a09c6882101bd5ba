# SPDX-License-Identifier: GPL-3.0-or-later
# Gets .debs with an apt state of our own beside the machine's mirrors and keys: nothing counts as installed, so a
# package comes with all it needs, and the machine's own state is neither read nor changed. Sourced by make.sh.

apt_prepare() {
    apt=$cache/apt-$arch
    mkdir -p "$apt/lists/partial" "$cache/debs/partial" "$apt/log"
    : >"$apt/status"
    cat >"$apt/conf" <<END
APT::Architecture "$debian";
APT::Architectures { "$debian"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Debug::NoLocking "true";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt";
Dir::Cache::archives "$cache/debs";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Log "$apt/log";
Dir::Etc::sourceparts "$apt/sources.list.d";
Dir::Etc::sourcelist "$apt/sources.list";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
    APT_CONFIG=$apt/conf
    export APT_CONFIG
    # The machine's sources, but only the distribution's own: what others offer there is none of our business.
    mkdir -p "$apt/sources.list.d"
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ ! -f "$list" ] || grep -hE '^deb .*debian' "$list" || :
    done >"$apt/sources.list"
    for list in /etc/apt/sources.list.d/*.sources; do
        [ ! -f "$list" ] || ! grep -q '^URIs:.*debian' "$list" ||
            sed '/^Architectures:/d' "$list" >"$apt/sources.list.d/$(basename "$list")"
    done
}

# Of the signed lists of versions; nothing if there are none.
apt_lists_digest() {
    set -- "$apt"/lists/*InRelease
    [ ! -e "$1" ] || cat "$@" "$apt/sources.list" | digest
}

# One archive that cannot be read (a mirror in the middle of its update) is no reason to stop: apt chooses from the
# others.
apt_update() {
    apt-get -qq update >"$work/apt.log" 2>&1 || :
    [ -n "$(apt_lists_digest)" ] ||
        cannot "no lists of packages: $(grep -m 1 -E '^[EW]:' "$work/apt.log" || tail -n 1 "$work/apt.log")"
}

# Lines NAME VERSION ARCHITECTURE of all that the profile's packages need.
apt_choose() {
    # shellcheck disable=SC2046
    apt-get -s -qq install $(sed 's/#.*//' "$here/packages/$profile.txt") >"$work/apt.log" 2>&1 ||
        cannot "cannot choose packages: $(grep -m 1 '^E:' "$work/apt.log")"
    sed -n 's/^Inst \([^ :]*\)[^ ]* (\([^ ]*\) .*\[\([a-z0-9]*\)\]).*/\1 \2 \3/p' "$work/apt.log" | sort
}

# Leaves $work/debs, a list of files. Lists that are older than the pool name files that are gone: then new lists.
apt_download() {
    # shellcheck disable=SC2046
    set -- $(sed 's/#.*//' "$here/packages/$profile.txt")
    if ! apt-get -qq -y --download-only install "$@" >"$work/apt.log" 2>&1; then
        apt_update
        apt_choose >"$work/chosen"
        key=$arch-$profile-$({ echo "$recipe" && cat "$work/chosen"; } | digest)
        apt-get -qq -y --download-only install "$@" >"$work/apt.log" 2>&1 ||
            cannot "cannot get packages: $(grep -m 1 '^E:' "$work/apt.log")"
    fi
    sed 's/:/%3a/; s/ /_/g' "$work/chosen" | sed "s,^,$cache/debs/,; s/\$/.deb/" >"$work/debs"
}
