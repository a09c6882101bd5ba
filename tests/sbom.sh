# SPDX-License-Identifier: GPL-3.0-or-later
# For tests of albs-sbom: packages made with rpmbuild, and a manifest about them. Sourced after lib.sh.

# make_packages: $package (a binary and a noarch subpackage), built from a spec with a source and a patch, in rpms/.
: "${package:=greet}"
make_packages() {
    mkdir -p rpms top/SOURCES
    printf 'hello\n' >"top/SOURCES/$package-1.2.txt"
    printf -- '--- a\n+++ b\n' >"top/SOURCES/$package-CVE-2024-12345.patch"
    sed "s/greet/$package/g" >"$package.spec" <<'EOF'
Name: greet
Epoch: 1
Version: 1.2~rc1+git^3
Release: 4.el9
Summary: A greeting
License: GPL-3.0-or-later AND MIT
URL: https://www.example.org/greet
Vendor: Example Project
Source0: greet-1.2.txt
Patch0: greet-CVE-2024-12345.patch
Provides: bundled(tinylib) = 0.9
Requires: greet-data = %{epoch}:%{version}-%{release}
Requires: nobody-provides-this >= 3
%description
Says hello.
%package data
Summary: Words of the greeting
License: GPLv2+ and BSD
BuildArch: noarch
%description data
Words.
%prep
%build
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/greet
printf '#!/bin/sh\necho hello\n' >%{buildroot}/usr/bin/greet
chmod 755 %{buildroot}/usr/bin/greet
ln -s greet %{buildroot}/usr/bin/greeting
cp %{SOURCE0} %{buildroot}/usr/share/greet/words
%files
/usr/bin/greet
/usr/bin/greeting
%files data
/usr/share/greet
EOF
    build_spec "$package.spec"
    binary=$(ls rpms/"$package"-1*."$(uname -m)".rpm)
    data=$(ls rpms/"$package"-data-*.noarch.rpm)
    srpm=$(ls rpms/"$package"-*.src.rpm)
}

# build_spec SPEC: -ba, everything into rpms/.
build_spec() {
    SOURCE_DATE_EPOCH=1700000000 rpmbuild --quiet --define "_topdir $PWD/top" --define '_buildhost builder.example.org' \
        --define 'use_source_date_epoch_as_buildtime 1' --define 'debug_package %{nil}' --define '_build_id_links none' \
        --define '_buildshell /bin/sh' --define "_dbpath $PWD/rpmdb" \
        -ba "$1" >"$work/.rpmbuild" 2>&1 || fail "rpmbuild: $(tail -n 5 "$work/.rpmbuild")"
    find top -name '*.rpm' -exec cp {} rpms/ \;
}

sha() { sha256sum "$1" | cut -d ' ' -f 1; }

# artifact FILE: its record.
artifact() {
    rpm -qp --qf '%{NAME}\n%{EPOCH}\n%{VERSION}\n%{RELEASE}\n%{ARCH}\n%{SOURCERPM}\n%{SHA256HEADER}\n%{PAYLOADDIGEST}\n%{SOURCEPACKAGE}\n' "$1" 2>/dev/null |
        jq -Rn --arg sha "$(sha "$1")" --arg file "$(basename "$1")" --argjson size "$(stat -c %s "$1")" '
            [inputs] as [$n, $e, $v, $r, $a, $s, $h, $p, $src] | ($src == "1") as $source
            | (if $source then "src" else $a end) as $arch
            | {sha256: $sha, size: $size, name: $file, kind: (if $source then "srpm" else "rpm" end),
               rpm: {name: $n, epoch: (if $e == "(none)" then null else ($e | tonumber) end), version: $v, release: $r,
                     arch: $arch,
                     nevra: ($n + "-" + (if $e == "(none)" then "" else $e + ":" end) + $v + "-" + $r + "." + $arch),
                     sourcerpm: (if $source then null else $s end), header_sha256: $h, payload_sha256: $p},
               unsigned: null}'
}

# make_manifest FILE...: build.json, about a source package and what one task built from it, with the files in the
# store.
make_manifest() {
    : >artifacts.jsonl
    for file in "$@"; do
        artifact "$file" >>artifacts.jsonl
        digest=$(sha "$file")
        mkdir -p ".albs/store/sha256/$(printf %.2s "$digest")"
        cp "$file" ".albs/store/sha256/$(printf %.2s "$digest")/$digest"
    done
    jq -c -n --slurpfile artifacts artifacts.jsonl --arg package "$package" --arg tarball "$(sha "top/SOURCES/$package-1.2.txt")" \
        --arg sha512 "$(sha512sum "top/SOURCES/$package-1.2.txt" | cut -d ' ' -f 1)" '
        ($artifacts | map(select(.kind == "srpm"))[0].sha256) as $srpm
        | {schema: "albs.manifest/1",
           sources: [{id: ($package + "@0123456789ab"), kind: "git", name: $package, url: ("https://git.example.org/rpms/" + $package + ".git"),
                      ref: "c9", commit: "0123456789abcdef0123456789abcdef01234567",
                      tree: "89abcdef0123456789abcdef0123456789abcdef", commit_time: "2023-11-01T10:00:00Z",
                      layout: "flat", spec: ($package + ".spec"), signature: {status: "none", key: null, signer: null},
                      lookaside: [{path: ($package + "-1.2.txt"), algorithm: "sha512", digest: $sha512, sha256: $tarball, size: 6,
                                   url: ("https://sources.example.org/" + $package + "-1.2.txt")}],
                      srpm: $srpm, source_date_epoch: 1700000000}],
           tasks: [{id: ($package + "@0123456789ab/almalinux-9/x86_64"), source: ($package + "@0123456789ab"), platform: "almalinux-9",
                    arch: "x86_64", backend: "chroot", status: "ok", reason: null,
                    artifacts: ($artifacts | map(select(.kind == "rpm").sha256)), log: null, buildroot: null,
                    network: false, verified: true, isolation: {network: "none"}, started: "2023-11-14T22:13:20Z",
                    finished: "2023-11-14T22:14:20Z"}],
           artifacts: $artifacts, tests: [], signatures: [], notarizations: [], releases: [], stages: []}' >build.json
}
# log_has_it: a log in the workspace has all of build.json, notarized.json says so, and key is the log's.
log_has_it() {
    command -v albs-notarize >/dev/null || skip 'albs-notarize is not built'
    expect 0 albs-notarize init --origin example.org/log
    expect 0 albs-notarize build.json -o notarized.json
    cp .albs/ledger/log.vkey key
}
