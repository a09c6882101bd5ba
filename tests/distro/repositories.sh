# SPDX-License-Identifier: GPL-3.0-or-later
# From .debs and specs to signed repositories. Sourced by make.sh.

# The key is this distribution's own: whoever trusts it trusts what this machine made.
make_key() {
    mkdir -m 700 "$work/gnupg"
    gpg --homedir "$work/gnupg" --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' --faked-system-time 20240101T000000 \
        --quick-generate-key 'Test Linux <test@example.org>' rsa2048 sign never 2>"$work/gpg.log"
    gpg --homedir "$work/gnupg" --batch --with-colons --list-secret-keys 2>/dev/null |
        awk -F: '$1 == "fpr" { print $10; exit }' >"$1/fingerprint"
    gpg --homedir "$work/gnupg" --batch --armor --export >"$1/RPM-GPG-KEY-test"
}

# build SPEC DIST OUT [rpmbuild's arguments]: a package of our own.
build() {
    built=$1 dist=$2 to=$3
    shift 3
    rpmbuild -bb --quiet --nodeps --target "$arch" --define "_topdir $work/top" --define "_rpmdir $to" --define "_sourcedir $work/sources" \
        --define "dist $dist" --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define '_buildhost localhost' \
        --define 'use_source_date_epoch_as_buildtime 1' --define 'debug_package %{nil}' --define '_dbpath /nonexistent' \
        --define '__os_install_post %{nil}' --define '_buildshell /bin/sh' "$@" "$here/specs/$built.spec" \
            >"$work/build.log" 2>&1 || {
        echo "make.sh: $built: $(grep -m 1 error: "$work/build.log" || tail -n 1 "$work/build.log")" >&2
        exit 1
    }
}

# repodata REPOSITORY ARGUMENT...: metadata with createrepo_c's arguments.
repodata() {
    repository=$1
    shift
    createrepo_c --quiet --no-database --revision 1700000000 --set-timestamp-to-revision "$@" "$repository"
}

# add TYPE FILE REPOSITORY
add() {
    modifyrepo_c --mdtype="$1" "$2" "$3/repodata" >"$work/modifyrepo.log" 2>&1
}

# own DIR: the packages that are not Debian's.
own() {
    build foundation .el9 "$1/base/Packages"
    ! grep -q '/rpm_' "$work/debs" || build rpm-config .el9 "$1/base/Packages"
    build test-server .el9 "$1/base/Packages"
    build test-daemon .el9 "$1/base/Packages"
    build test-daemon .el9.1 "$1/updates/Packages"
    for stream in 1.0 2.0; do
        build tool ".module_el9+${stream%.*}" "$1/appstream/Packages" --define "version $stream" --define \
            "module tool:$stream:20240101000000:c0ffee00"
    done
    for stream in 3 4; do
        build lang ".module_el9+$stream" "$1/appstream/Packages" --define "version $stream" --define \
            "module lang:$stream:20240101000000:c0ffee00"
    done
    build tool .el9 "$1/appstream/Packages" --define 'version 9.0'
    build lang .el9 "$1/appstream/Packages" --define 'version 1'
}

# update DIR DIST SOURCE...: the packages of these source packages once more, as a later release.
update() {
    updates=$1/updates/Packages
    dist=$2
    shift 2
    # shellcheck disable=SC2046
    convert --dist "$dist" $(printf -- '--only %s ' "$@") "$work/debs" "$updates"
}

convert() {
    python3 -B "$here/convert.py" --target "$arch" --memory "$cache/converted" "$@"
}

make_packages() {
    mkdir -p "$1/base/Packages" "$1/updates/Packages" "$1/appstream/Packages" "$work/sources"
    cp "$here"/filesystem.txt "$here"/specs/rpm-config/* "$1/RPM-GPG-KEY-test" "$work/sources/"
    own "$1" &
    owns=$!
    convert "$work/debs" "$1/base/Packages"
    update "$1" .el9.1 acl attr xz-utils patch
    update "$1" .el9.2 acl
    wait $owns
}

# make_repositories DIR, which exists and is empty.
make_repositories() {
    make_key "$1"
    make_packages "$1"
    find "$1" -name '*.rpm' -print0 | xargs -0 -n 40 -P "$(nproc)" rpmsign --addsign --define "_gpg_path $work/gnupg" \
        --define "_gpg_name $(cat "$1/fingerprint")" --define '__gpg /usr/bin/gpg' --define '_gpg_digest_algo sha256' \
            >"$work/sign.log" 2>&1 || {
        echo "make.sh: rpmsign: $(grep -m 1 error: "$work/sign.log")" >&2
        exit 1
    }
    repodata "$1/base" --groupfile "$here/comps.xml"
    repodata "$1/updates"
    python3 -B "$here/updateinfo.py" "$1/updates/Packages" >"$work/updateinfo.xml"
    add updateinfo "$work/updateinfo.xml" "$1/updates"
    repodata "$1/appstream" --general-compress-type xz
    sed "s/@ARCH@/$arch/" "$here/modules.yaml" >"$work/modules.yaml"
    add modules "$work/modules.yaml" "$1/appstream"
    python3 -B "$here/zstd.py" "$1/updates/repodata"
    for repository in base updates appstream; do
        gpg --homedir "$work/gnupg" --batch --quiet --no-tty --armor --detach-sign "$1/$repository/repodata/repomd.xml"
    done
    gpgconf --homedir "$work/gnupg" --kill all
    rm -f "$work"/gnupg/S.* "$work"/gnupg/.#*
    cp -R "$work/gnupg" "$1/gnupg"
}
