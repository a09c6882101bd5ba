# SPDX-License-Identifier: GPL-3.0-or-later
# Killed in the middle of a transaction, it leaves no process and no mount, and is simply run again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

# Others may run this test at the same time.
name="slow$$"
build_packages <<SPEC
Name: $name
Version: 1
Release: 1
Summary: Slow
License: MIT
BuildArch: noarch
%description
Slow.
%install
mkdir -p %{buildroot}/usr/share/$name
%post
sleep 2
%files
/usr/share/$name
SPEC
built_manifest rpms/$name-1-1.noarch.rpm >built.json
TMPDIR="$work/tmp"
export TMPDIR
mkdir "$TMPDIR"
albs-test built.json >killed.json 2>/dev/null &
pid=$!
tries=0
while ! pgrep -f "/builddir/$name-1-1" >/dev/null && [ $tries -lt 200 ]; do sleep 0.02; tries=$((tries + 1)); done
[ $tries -lt 200 ] || fail 'no transaction was begun'
kill -9 $pid
wait $pid 2>/dev/null
tries=0
while pgrep -f "/builddir/$name-1-1" >/dev/null && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
! pgrep -f "/builddir/$name-1-1" >/dev/null || fail 'rpm goes on without albs-test'
[ ! -s killed.json ] || fail 'half a manifest'
! grep -q "$TMPDIR" /proc/mounts || fail 'a mount is left'
[ "$(find "$TMPDIR" -type f -size +4k | wc -l)" = 0 ] || fail 'more than a log is left'
# A signal that can be answered leaves nothing at all.
env --default-signal=TERM albs-test built.json >killed.json 2>/dev/null &
pid=$!
tries=0
while ! pgrep -f "/builddir/$name-1-1" >/dev/null && [ $tries -lt 200 ]; do sleep 0.02; tries=$((tries + 1)); done
before=$(find "$TMPDIR" -mindepth 1 -maxdepth 1 | wc -l)
kill -TERM $pid
got=0
wait $pid || got=$?
[ $got = 143 ] || fail "status $got after TERM"
after=$(find "$TMPDIR" -mindepth 1 -maxdepth 1 | wc -l)
[ "$after" -lt "$before" ] || fail "left in TMPDIR: $(ls "$TMPDIR")"
expect 0 albs-test built.json
expect_test pass install "$name"
