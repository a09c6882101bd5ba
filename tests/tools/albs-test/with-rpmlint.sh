# SPDX-License-Identifier: GPL-3.0-or-later
# What rpmlint says of a package is a test of it, with its own file of waivers; a program that is missing is status 5.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: sound
Version: 1
Release: 1
Summary: A package
License: MIT
BuildArch: noarch
%description
It has a program without a page.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/sound
printf '#!/bin/sh\nexit 0\n' > %{buildroot}/usr/bin/sound
echo data > %{buildroot}/usr/share/sound/data
chmod 0755 %{buildroot}/usr/bin/sound
%files
/usr/bin/sound
%attr(0666, root, root) /usr/share/sound/data
SPEC
built_manifest rpms/*.rpm >built.json

for program in rpmlint rpminspect; do
    command -v $program >/dev/null ||
        expect_refusal 5 "program '$program' is not installed" albs-test --with-$program built.json
done
expect_refusal 2 '--rpmlintrc is for --with-rpmlint' albs-test --rpmlintrc rules built.json
expect_refusal 2 '--rpminspect-config is for --with-rpminspect' albs-test --rpminspect-config rules built.json

command -v rpmlint >/dev/null || skip 'rpmlint is not installed'
printf 'sound inspect/modes a spool\n' >rules
expect 1 albs-test --skip rules --with-rpmlint built.json
expect_test fail inspect/rpmlint sound
log_of inspect/rpmlint sound | grep -q '^sound.noarch: E: .*/usr/share/sound/data' ||
    fail "rpmlint's log: $(log_of inspect/rpmlint sound)"
log_of inspect/rpmlint sound | grep -q 'has taken' && fail 'the log tells the time'
cp "$out" first.json
# Its own waivers, and ours.
log_of inspect/rpmlint sound | sed -n 's/.*: E: \([a-z-]*\).*/addFilter("\1")/p' | sort -u >waivers
expect 0 albs-test --skip rules --with-rpmlint --rpmlintrc waivers built.json
expect_test pass inspect/rpmlint sound
printf 'sound inspect/rpmlint its rules are not ours\n' >>rules
expect 0 albs-test --skip rules --with-rpmlint built.json
expect_test skip inspect/rpmlint sound '^its rules are not ours (overrules: '
# Without the option nothing is said of it.
expect 0 albs-test --skip rules built.json
[ -z "$(status_of inspect/rpmlint sound)" ] || fail 'rpmlint was run unasked'
