# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that build in roots of packages. Sourced after lib.sh and build-lib.sh.
[ -r "$ALBS_SOURCE/tests/fixture/distro.sh" ] || skip 'there is no test distribution'
. "$ALBS_SOURCE/tests/fixture/distro.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
test_distribution "${profile:-build}" "${arch:=$(uname -m)}"
can_make_roots

# lock_of NAME...: writes the lock of a root with these packages and all they need, as dnf sees it, with the files in
# the workspace.
lock_of() {
    mkdir -p none downloaded
    dnf_into "$PWD/none" install --downloadonly --downloaddir "$PWD/downloaded" "$@" >"$work/.dnf" 2>&1 ||
        fail "dnf: $(tail -n 3 "$work/.dnf")"
    for file in downloaded/*.rpm; do
        digest=$(sha256sum "$file" | cut -d' ' -f1)
        mkdir -p "$work/.albs/dnf/sha256/$(printf %.2s "$digest")"
        cp "$file" "$work/.albs/dnf/sha256/$(printf %.2s "$digest")/$digest"
        rpm -qp --nosignature --qf \
            "$digest $(stat -c %s "$file") %{NAME} %{EPOCH} %{VERSION} %{RELEASE} %{ARCH} %{SHA256HEADER}\n" "$file"
    done | jq -Rn --arg arch "$(uname -m)" \
        '{schema: "albs.buildroot/1", platform: "test", arch: $arch, repositories: [], modules: [],
        packages: [inputs | split(" ") | {name: .[2], epoch: (if .[3] == "(none)" then null else .[3] | tonumber end), version: .[4],
            release: .[5], arch: .[6], nevra: "\(.[2])-\(if .[3] == "(none)" then "" else .[3] + ":" end)\(.[4])-\(.[5]).\(.[6])",
            sha256: .[0], size: .[1] | tonumber, header: .[7], repository: null, path: null}]}'
}
# platform FILE DIRECTORY...: a file with platform test-9, which has these directories of repositories; its roots have
# $installed, or the group build, and it is for $arch, or this machine.
platform() {
    platform_file=$1
    shift
    cat >"$platform_file" <<END
- name: test-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [$arch]
  data:
    mock_dist: el9
    definitions: {dist: .el9}
    yum: {module_platform_id: 'platform:el9'}
    mock: {chroot_setup_cmd: 'install ${installed:-@build}', releasever: '9', dynamic_buildrequires_max_loops: 3}
  repositories:
END
    for directory; do
        add_repository "$platform_file" "$(basename "$directory")" "file://$directory" "$distro/RPM-GPG-KEY-test"
    done
}
# add_repository FILE NAME URL [KEY]: one more for the platform at the end of that file, unsigned without a key.
add_repository() { echo "    - {name: $2, arch: $arch, type: rpm, url: '$3'${4:+, gpgkey: '$4'}}" >>"$1"; }
# plain_platform: test.yaml with the test distribution, for packages of text.
plain_platform() {
    installed=$plain_packages
    platform test.yaml "$distro/base" "$distro/updates" "$distro/appstream"
}
# build STATUS NAME [OPTION]...: NAME.json for that platform.
build() {
    build_status=$1 build_name=$2
    shift 2
    expect_from "$build_status" "$build_name.json" albs-build -v --platforms test.yaml --platform test-9 "$@"
}
# empty_package NAME < LINES-OF-ITS-PREAMBLE: a package without files and what the manifest says of it; $script is its
# %generate_buildrequires.
empty_package() {
    {
        printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: %%{?word}%%{!?word:x}\nLicense: MIT\nBuildArch: noarch\n' \
            "$1"
        cat
        printf '%%description\nx\n%s\n%%files\n' "${script:+%generate_buildrequires
$script}"
    } >"$1.spec"
    unset script
    source_package "$1"
    manifest_of "$1" >"$1.json"
}
asking() { script=$2 empty_package "$1" </dev/null; }
has() { echo "rpm -q $1 >/dev/null"; }
# object_of DIGEST: where the store has it.
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
# lock_has NAME..., lock_lacks NAME...: the root of the task in $out has packages of these names, or NEVRAs.
count_in_lock() {
    jq --arg name "$1" '[.packages[] | select(.name == $name or .nevra == $name)] | length' \
        "$(object_of "$(jq -r '.tasks[0].buildroot' "$out")")"
}
lock_has() { for name; do [ "$(count_in_lock "$name")" -gt 0 ] || fail "the root has no $name"; done; }
lock_lacks() { for name; do [ "$(count_in_lock "$name")" = 0 ] || fail "the root has $name"; done; }
# What builds a package of text, and what builds one of C.
plain_packages='bash coreutils rpm-build redhat-rpm-config test-release findutils sed grep gawk tar gzip'
build_packages='bash coreutils rpm-build redhat-rpm-config gcc glibc-devel make test-release findutils sed grep gawk tar gzip'

# As another user than root, who has subordinate ids: as_plain_user COMMAND..., with $work/plain as his home. The files
# that say so are in a mount namespace of their own; unshared_too=--net takes the network away as well.
plain_user=64321
make_plain_user() {
    [ "$(id -u)" = 0 ] || skip 'not root, so there is no other user to try'
    for program in setpriv newuidmap; do
        command -v $program >/dev/null || skip "$program is not installed"
    done
    mkdir -p plain
    { cat /etc/passwd; echo "albs-test:x:$plain_user:$plain_user::$work/plain:/bin/sh"; } >"$work/.passwd"
    echo "albs-test:200000:65536" >"$work/.subids"
    as_user="setpriv --reuid $plain_user --regid $plain_user --clear-groups"
    let_others_run_tools
    chown -R $plain_user:$plain_user plain
}
as_plain_user() {
    # shellcheck disable=SC2016,SC2086 # for the shell in there; one word or none
    unshare --mount ${unshared_too:-} sh -c \
        'mount --bind "$0/.passwd" /etc/passwd && mount --bind "$0/.subids" /etc/subuid && mount --bind "$0/.subids" /etc/subgid &&
        user=$1 && shift && exec setpriv --reuid "$user" --regid "$user" --clear-groups env HOME="$0/plain" "$@"' \
            "$work" $plain_user "$@"
}
