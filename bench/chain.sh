#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# chain.sh BUILD: packages that need each other, in one command, beside mock --chain on the same repositories and bare
# rpmbuild in ready roots, one after the other. Each starts with what an earlier run leaves: downloaded packages and the
# root of the platform's packages. Aims: mock takes at least 3 times as long, ours at most 1.15 times what rpmbuild
# takes. ALBS_BENCH_ROUNDS: of each (1). ALBS_BENCH_SET: a directory with in.json (sources, with their workspace .albs
# beside it) and platform.yaml (platform test-9); without it a chain of eight small packages is built.
set -eu
: "${ALBS_BENCH_ROUNDS:=1}"
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
unset ALBS_WORKSPACE

# small_set: a package of C and a package of text on top of it, four times over.
small_set() {
    platform platform.yaml "$distro/base" "$distro/updates" "$distro/appstream"
    before=
    for each in 1 2 3 4; do
        preamble="${before:+BuildRequires: $before}" spec "code$each"
        source_package "code$each"
        build=: install="install -D -m 644 text$each.c %{buildroot}%{_docdir}/text$each/text$each.c" check=: files='' \
            preamble="BuildArch: noarch
BuildRequires: code$each" spec "text$each"
        source_package "text$each"
        before=text$each-doc
        set -- "$@" "code$each" "text$each"
    done
    manifest_of "$@" >in.json
}
if [ -n "${ALBS_BENCH_SET:-}" ]; then
    cp "$ALBS_BENCH_SET/in.json" in.json
    cp "$ALBS_BENCH_SET/platform.yaml" platform.yaml
    for each in store git lookaside dnf; do
        [ ! -d "$ALBS_BENCH_SET/.albs/$each" ] || { mkdir -p .albs && cp -al "$ALBS_BENCH_SET/.albs/$each" .albs/; }
    done
else
    small_set
fi
sed -i "s/gpgkey: '/&file:\\/\\//; s/mock: {/mock: {package_manager: dnf, use_bootstrap_container: false, /" platform.yaml
ours() { albs-build "$@" --platforms platform.yaml --platform test-9; }

object() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }

# What can be built, in an order in which it can, and with which roots.
got=0
ours -q in.json -o built.json 2>"$err" || got=$?
[ $got -lt 2 ] || fail "albs-build gave status $got"
jq -r '.tasks | map(select(.status == "ok")) | sort_by(.started)[] | "\(.source) \(.srpm) \(.buildroot)"' built.json >order
jq -c --rawfile order order '($order | split("\n") | map(split(" ")[0])) as $these |
    .sources |= map(select(.id | IN($these[]))) | .stages = []' in.json >these.json
mkdir packages
number=100
while read -r _ srpm lock; do
    number=$((number + 1))
    cp "$(object "$srpm")" "packages/$number.src.rpm"
    jq 'del(.base)' "$(object "$lock")" >"packages/$number.lock"
    "$ALBS_BUILD/bench/bench-root" .albs "packages/$number.lock" true >"$out" 2>"$err" || fail 'cannot make a root'
    in_root mkdir -p ".albs/roots/$(sha256sum <"packages/$number.lock" | cut -d' ' -f1)/tree/builddir"
done <order
mv .albs all

# What an earlier run leaves: what was fetched, and the root of the platform's packages.
mkdir warm
for each in store git lookaside dnf metadata package-signatures; do
    [ ! -d "all/$each" ] || cp -al "all/$each" warm/
done
albs-build lock -q --workspace warm --platforms platform.yaml --platform test-9 -o base.json
"$ALBS_BUILD/bench/bench-root" warm base.json true >"$out" 2>"$err" || fail 'cannot make the base root'
begin() { rm -rf .albs mock-results && in_root cp -al warm .albs; }

# bare: rpmbuild alone, in roots that are ready, one package after the other.
bare() {
    for package in packages/*.src.rpm; do
        root=all/roots/$(sha256sum <"${package%.src.rpm}.lock" | cut -d' ' -f1)/tree
        in_root rm -rf builddir
        in_root mkdir builddir
        in_root cp "$package" builddir/package.src.rpm
        in_root env -i PATH=/usr/bin:/usr/sbin HOME=/builddir LC_ALL=C.UTF-8 bwrap --ro-bind "$root" / \
            --bind builddir /builddir --proc /proc --dev /dev --tmpfs /tmp --tmpfs /var/tmp --unshare-net \
            --chdir /builddir rpmbuild -ra --define '_topdir /builddir/build' /builddir/package.src.rpm
    done
}
chain() {
    mock -q --configdir "$work/mock" --root chain --localrepo "$work/mock-results" --chain --continue \
        packages/*.src.rpm
}
# mock's own first run makes its root and caches.
mock=
if command -v mock >/dev/null; then
    begin
    jq -c '.sources |= .[0:1]' these.json >one.json
    chmod 755 "$work" # mock reads and writes as who asked for it, who is not root
    ours -q --backend mock one.json >"$out" 2>"$err" || :
    if [ -n "$(find .albs/mock -name 'albs-*.cfg')" ]; then
        cp -r .albs/mock mock
        mv mock/albs-*.cfg mock/chain.cfg
        mock=yes
        defer 'mock -q --configdir "$work/mock" --root chain --scrub=all'
    else
        echo "mock: skipped, it failed: $(tail -n 1 "$err")"
    fi
else
    echo 'mock: skipped, it is not installed'
fi
machine
for _ in $(seq "$rounds"); do
    begin
    timed ours ours -q -j "$(nproc)" these.json -o again.json
    timed nothing ours -q these.json -o nothing.json
    if [ -z "${ALBS_BENCH_SET:-}" ]; then
        begin
        timed serial ours -q -j 1 these.json -o again.json
    fi
    timed bare bare
    rm -rf mock-results
    mkdir -m 777 mock-results
    [ -z "$mock" ] || timed mock chain
done
printf '%s packages, ms\n' "$(wc -l <order)"
row "ours, $(nproc) at a time" ours
row 'ours, one at a time' serial ours
row 'bare rpmbuild, ready roots' bare ours serial
row 'mock --chain' mock ours serial
row 'ours, nothing to do' nothing
