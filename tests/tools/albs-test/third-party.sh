# SPDX-License-Identifier: GPL-3.0-or-later
# --tests: programs from git run where the packages are installed; whatever is not clearly a pass is none.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: greet
Version: 1
Release: 1
Summary: It greets
License: MIT
BuildArch: noarch
Requires: greet-words
%description
Greet.
%package words
Summary: Words
%description words
Words.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/greet
printf '#!/bin/sh\ncat /usr/share/greet/words\n' > %{buildroot}/usr/bin/greet
chmod 755 %{buildroot}/usr/bin/greet
echo hello > %{buildroot}/usr/share/greet/words
%files
/usr/bin/greet
%files words
/usr/share/greet
SPEC
built_manifest rpms/*.rpm | jq -c '.tasks[0].source = "greet@0123456789ab"' >built.json

git init -q -b main tests
mkdir -p tests/greet tests/greet-broken tests/empty
cat >tests/greet/0_says.sh <<'TEST'
touch scratch
test "$(greet)" = hello && echo "it greets"
TEST
cat >tests/greet/1_tap.sh <<'TEST'
echo "1..2"
test ! -e scratch && echo "ok 1 - a directory of its own" || echo "not ok 1"
command -v curl >/dev/null && curl -s http://127.0.0.1:1/ ; echo "not ok 2 - known # TODO later"
TEST
printf '#!/bin/sh\necho "1..0 # SKIP no display"\n' >tests/greet/2_nothing
chmod 755 tests/greet/2_nothing
echo words >tests/greet/README
cat >tests/greet-broken/fails.sh <<'TEST'
echo 1..2; echo ok 1 - fine; echo "not ok 2 - too loud"; exit 0
TEST
printf 'echo 1..3\necho ok 1\n' >tests/greet-broken/short.sh
printf 'echo 1..1\necho ok 1\nexit 4\n' >tests/greet-broken/status.sh
printf 'echo 1..9\necho "Bail out! no more paper"\n' >tests/greet-broken/bails.sh
printf 'echo ok 1\necho TAP version 13\n' >tests/greet-broken/noplan.sh
touch tests/empty/.keep
git -C tests add -A
git -C tests -c user.name=tester -c user.email=tester@example.org commit -qm tests
url="file://$work/tests"
commit=$(git -C tests rev-parse HEAD)

expect 0 albs-test --tests "$url#main:{name}" built.json
for package in greet greet-words; do
    expect_test pass third-party/0_says.sh $package
    expect_test pass third-party/1_tap.sh $package
    expect_test skip third-party/2_nothing $package '^no display$'
done
expect_json '[.tests[] | select(.name | contains("README"))] | length' 0
log_of third-party/0_says.sh greet | grep -qx "$url#$commit:greet/0_says.sh" ||
    fail "log: $(log_of third-party/0_says.sh greet)"
cp "$out" first.json
expect 0 albs-test --tests "$url#main:{name}" built.json
same first.json "$out"

expect 1 albs-test --tests "$url#main:greet-broken" built.json
expect_test fail third-party/fails.sh greet '^not ok 2 - too loud$'
expect_test fail third-party/short.sh greet '^3 tests were planned, 1 were done$'
expect_test fail third-party/status.sh greet '^status 4$'
expect_test fail third-party/bails.sh greet '^Bail out! no more paper$'
expect_test fail third-party/noplan.sh greet 'no plan'
echo 'greet third-party/* not now' >skip
expect 0 albs-test --skip skip --tests "$url#main:greet-broken" built.json
expect_test skip third-party/fails.sh greet '^not now$'

# A suite that is not there is an error, not a success; with {name} it is one that is not about this package.
expect 3 albs-test --tests "$url#main:no-such" built.json
expect_empty_stdout
expect_stderr "there is no directory 'no-such'"
expect 0 albs-test --tests "$url#main:of/{name}" built.json
expect_json '[.tests[] | select(.name | startswith("third-party"))] | length' 0
expect 3 albs-test --tests "$url#main:empty" built.json
expect_stderr 'there are no tests'
expect 3 albs-test --tests "$url#no-such-branch:greet" built.json
expect_empty_stdout
expect 2 albs-test --tests "$url#main:../.." built.json
expect_empty_stdout
