# SPDX-License-Identifier: GPL-3.0-or-later
# What failed, or was skipped since something else failed, is a warning: in this run or an earlier one, with -q, and in
# JSON. The last messages have counts, and the name of the log of each failure.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package good </dev/null
printf 'ExclusiveArch: s390x\n' | empty_package elsewhere
sed -i '/^BuildArch/d' elsewhere.spec && source_package elsewhere && manifest_of elsewhere >elsewhere.json
empty_package bad </dev/null
sed -i '/^%description/a %prep\necho "error: no such luck"; false' bad.spec
source_package bad && manifest_of bad >bad.json
printf 'BuildRequires: bad\n' | empty_package after
jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' good.json elsewhere.json bad.json after.json \
    >all.json
on_platform() { albs-build --platforms test.yaml --platform test-9 "$@"; }

expect 1 on_platform -q all.json
keep_manifest "$out"
cp "$out" built.json
expect_stderr '^albs-build: warning: bad@srpm-.*/test-9/.*: failed in prep (.*): '
expect_stderr "^albs-build: warning: after@srpm-.*: skipped in setup (dependency): it needs 'bad' of 'bad@"
[ "$(wc -l <"$err")" = 2 ] || fail '-q says more than what failed'
# All of it is there already. It is told again, since the status speaks of it.
expect 1 on_platform -q built.json
expect_stderr '^albs-build: warning: bad@srpm-.*: in an earlier run: failed in prep'
expect_stderr '^albs-build: warning: after@srpm-.*: in an earlier run: skipped in setup (dependency)'
[ "$(wc -l <"$err")" = 2 ] || fail '-q says more than what failed'
expect 1 on_platform --log-format json built.json
jq -es 'map(select(.level == "warning").package[0:4]) | sort == ["afte", "bad@"]' "$err" >/dev/null ||
    fail 'not two warnings'
expect_stderr '4 tasks: 0 built, 1 reused, 1 failed, 1 skipped, 1 excluded'

# The counts, and where the log is.
rm -rf .albs/tasks
expect 1 on_platform all.json
expect_stderr '^albs-build: good@srpm-.*: building, which took [0-9.]* s the last time$'
expect_stderr '^albs-build: elsewhere@srpm-.*: skipped in setup (arch): '
expect_stderr '^albs-build: 4 tasks in [0-9.]* s: 1 built, 0 reused, 1 failed, 1 skipped, 1 excluded$'
log=$(sed -n "s/^albs-build: bad@.*: its log: 'bad-1-1[^']*\.log', //p" "$err")
grep -q 'no such luck' "$log" || fail "'$log' is no log of it"
[ "$(grep -c ': its log: ' "$err")" = 1 ] || fail 'more than one log'
# What an earlier run built.
expect 1 on_platform all.json
expect_stderr '^albs-build: 4 tasks in [0-9.]* s: 0 built, 1 reused, 1 failed, 1 skipped, 1 excluded$'
! grep ': building' "$err" || fail 'something is built again'
# Nothing to count.
jq -c '.sources = []' good.json >none.json
expect 0 albs-build none.json
expect_no_stderr

# What waits for what, on a terminal.
empty_package slow </dev/null
sed -i 's/^%files$/%prep\nsleep 4\n%files/' slow.spec
source_package slow && manifest_of slow >slow.json
printf 'BuildRequires: slow\n' | empty_package behind
jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' behind.json slow.json >pair.json
TERM=xterm expect 0 python3 "$ALBS_SOURCE/tests/fixture/terminal.py" 24x120 shown - \
    albs-build --platforms test.yaml --platform test-9 pair.json
cp shown/screens "$err"
expect_stderr '^slow@srpm-.*/test-9/.*: prep, [0-9]* s$'
expect_stderr '^waiting: behind for slow$'
expect_stderr '^albs-build: 0 of 2 tasks done$'
