#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A version or release that holds the time or chance is refused, whatever it is made by; time elsewhere is not. Commits
# of %autosetup -S git have the source's time, so what embeds them comes out the same.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
# srpm STATUS RELEASE [SUMMARY]
srpm() {
    mkdir -p it
    printf 'Name: it\nVersion: 1\nRelease: %s\nSummary: %s\nLicense: MIT\nBuildArch: noarch\n%%description\nx\n%%files\n' \
        "$2" "${3:-x}" >it/it.spec
    albs-fetch -q it -o it.json || fail 'not fetched'
    expect "$1" albs-build srpm it.json
}
for release in '%(date +%s)' '%(date +%Y%m%d)' '%{lua:print(os.time())}' '%{lua:print(os.date("%Y"))}' \
    '%(bash -c "echo \$RANDOM\$RANDOM")' '%(tr -d - </proc/sys/kernel/random/uuid)'; do
    srpm 1 "$release"
    expect_json '.tasks[0].reason | .phase + " " + .kind' 'srpm spec'
    jq -r '.tasks[0].reason.message' "$out" | grep -q 'it holds the time or chance$' ||
        fail "$release: $(jq '.tasks[0].reason' "$out")"
done
srpm 0 1
srpm 0 '%(date -d @1700000000 +%Y)'
srpm 0 1 '%(date +%s) is when it was read'

if command -v git >/dev/null; then
    mkdir -p unpacked/it-1
    echo text >unpacked/it-1/text
    tar -czf it/it-1.tar.gz -C unpacked it-1
    cat >it/it.spec <<'SPEC'
Name: it
Version: 1
Release: 1
Summary: x
License: MIT
Source0: it-1.tar.gz
BuildArch: noarch
%description
x
%prep
%autosetup -S git
%install
mkdir -p %{buildroot}/usr/share/it
git rev-parse HEAD >%{buildroot}/usr/share/it/commit
%files
/usr/share/it
SPEC
    albs-fetch -q it -o it.json || fail 'not fetched'
    expect 0 albs-build it.json
    cp "$out" built.json
    sleep 1
    expect 0 albs-build reproduce built.json
    expect_json '[.tasks[0].packages[].verdict] | unique | join(" ")' identical
fi
