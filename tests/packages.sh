# SPDX-License-Identifier: GPL-3.0-or-later
# For tests of what happens to packages after they were built: a key, a ledger, small packages made by rpmbuild, and the
# manifest that albs-build and albs-test would have written about them. Sourced after lib.sh.
ALBS_WORKSPACE="$work/workspace"
GNUPGHOME="$work/gnupg"
export ALBS_WORKSPACE GNUPGHOME
arch=$(rpm --eval '%{_arch}')

# make_key NAME: a new key; prints its fingerprint.
make_key() {
    if [ ! -d "$GNUPGHOME" ]; then
        mkdir -m 700 "$GNUPGHOME"
        defer "gpgconf --homedir '$GNUPGHOME' --kill all"
    fi
    gpg --batch --quiet --pinentry-mode loopback --passphrase '' --faked-system-time 20260101T000000 \
        --quick-generate-key "$1 <$1@example.org>" ed25519 sign never 2>/dev/null || fail 'gpg made no key'
    gpg --list-keys --with-colons "$1@example.org" 2>/dev/null | awk -F: '/^fpr/{print $10; exit}'
}
make_ledger() { albs-notarize init --origin example.org/log >"$out" 2>"$err" || fail 'no ledger'; }

# build_package NAME VERSION [SPEC-LINES]: packages below built/NAME-VERSION: NAME, NAME-debuginfo, NAME-doc (noarch)
# and the source package. They require nothing. SPEC-LINES go into the preamble of NAME.
build_package() {
    mkdir -p "built/$1-$2"
    printf '%s %s\n' "$1" "$2" >"$1.txt"
    cat >"$1.spec" <<END
%global debug_package %{nil}
%global source_date_epoch_from_changelog 0
%global _buildhost build.example.org
%global use_source_date_epoch_as_buildtime 1
Name: $1
Version: $2
Release: 1
Summary: Test package
License: MIT
Source0: $1.txt
${3:-}
%description
A package for tests.
%package debuginfo
Summary: Debug data
%description debuginfo
None.
%package doc
Summary: Words
BuildArch: noarch
%description doc
None.
%install
for part in '' -debuginfo -doc; do
    mkdir -p %{buildroot}/usr/share/$1\$part
    cp %{SOURCE0} %{buildroot}/usr/share/$1\$part/
done
%files
/usr/share/$1
%files debuginfo
/usr/share/$1-debuginfo
%files doc
/usr/share/$1-doc
END
    SOURCE_DATE_EPOCH=${built_at:-1767225600} rpmbuild -ba --quiet --define "_topdir $work/rpmbuild" --define "_sourcedir $PWD" \
        --define "_rpmdir $PWD/built/$1-$2" --define "_srcrpmdir $PWD/built/$1-$2" --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' \
        --define '_build_id_links none' "$1.spec" >"$out" 2>"$err" || fail "rpmbuild $1-$2"
}
# store FILE: its bytes in the workspace's store; prints the digest.
store() {
    digest=$(sha256sum <"$1" | cut -d' ' -f1)
    mkdir -p "$ALBS_WORKSPACE/store/sha256/$(echo "$digest" | cut -c1-2)"
    object="$ALBS_WORKSPACE/store/sha256/$(echo "$digest" | cut -c1-2)/$digest"
    [ -e "$object" ] || install -m 444 "$1" "$object"
    echo "$digest"
}
# artifact FILE [UNSIGNED]: puts it into the store and prints its record.
artifact() {
    kind=rpm
    case $1 in *.src.rpm) kind=srpm ;; esac
    rpm -qp --nosignature --qf '%{NAME}\n%|EPOCH?{%{EPOCH}}:{}|\n%{VERSION}\n%{RELEASE}\n%{ARCH}\n%|SOURCERPM?{%{SOURCERPM}}:{}|\n%{SHA256HEADER}\n%{PAYLOADDIGEST}\n' "$1" |
        jq -cR --slurp --arg sha256 "$(store "$1")" --arg name "${1##*/}" --arg kind $kind --arg unsigned "${2:-}" --argjson size "$(stat -c %s "$1")" '
        split("\n") as [$n, $e, $v, $r, $a, $s, $h, $p] | (if $kind == "srpm" then "src" else $a end) as $arch |
        {$sha256, $size, $name, $kind, rpm: {name: $n, epoch: (if $e == "" then null else ($e | tonumber) end), version: $v,
         release: $r, arch: $arch, nevra: "\($n)-\(if $e == "" then "" else $e + ":" end)\($v)-\($r).\($arch)",
         sourcerpm: (if $kind == "srpm" then null else $s end), header_sha256: $h, payload_sha256: $p},
         unsigned: (if $unsigned == "" then null else $unsigned end)}'
}
# manifest_of NAME VERSION: the manifest of a package that was built and passed its tests.
manifest_of() {
    for file in "built/$1-$2"/*.rpm; do artifact "$file"; done | jq -cs --arg name "$1" --arg arch "$arch" '
        (map(select(.kind == "srpm"))[0]) as $srpm | map(select(.kind == "rpm")) as $rpms |
        ($name + "@srpm-" + $srpm.sha256[0:12]) as $source | ($source + "/host/" + $arch) as $task |
        {schema: "albs.manifest/1",
         sources: [{id: $source, kind: "srpm", name: $name, url: null, ref: null, commit: null, tree: null, commit_time: null,
            layout: null, spec: null, signature: {status: "none", key: null, signer: null}, lookaside: [], srpm: $srpm.sha256,
            source_date_epoch: 1767225600}],
         tasks: [{id: $task, source: $source, platform: "host", arch: $arch, backend: "host", status: "ok", reason: null,
            artifacts: [$rpms[].sha256, $srpm.sha256], log: null, buildroot: null, network: false, verified: false, isolation: null,
            started: "2026-01-01T00:00:00Z", finished: "2026-01-01T00:00:01Z"}],
         artifacts: ., tests: [$rpms[] | {id: (.sha256 + "/install"), artifact: .sha256, task: $task, name: "install",
            status: "pass", reason: null, log: null}],
         signatures: [], notarizations: [], releases: [], stages: []}'
}
# signed_of NAME VERSION KEY...: the same, notarized, signed with each key, and notarized again.
signed_of() {
    name=$1
    version=$2
    shift 2
    manifest_of "$name" "$version" | albs-notarize -q >.notarized.json 2>"$err" || fail "notarize $name-$version"
    for signer; do set -- "$@" --key "$signer" && shift; done
    albs-sign -q "$@" <.notarized.json >.signed.json 2>"$err" || fail "sign $name-$version"
    albs-notarize -q .signed.json 2>"$err" || fail "notarize the signatures of $name-$version"
}
# dnf_with REPOFILE ARGS...: dnf in a root of its own ($work/root), with that .repo file and nothing else of this machine.
dnf_with() {
    repo_file=$1
    shift
    mkdir -p repos.d dnf-log root
    rm -f repos.d/*
    cp "$repo_file" repos.d/
    : >dnf.conf
    dnf --config="$work/dnf.conf" --installroot="$work/root" --releasever=9 --noplugins -y --setopt=reposdir="$work/repos.d" \
        --setopt=cachedir="$work/dnf-cache" --setopt=logdir="$work/dnf-log" --setopt=persistdir="$work/dnf-state" \
        --setopt=metadata_expire=0 "$@"
}
