# SPDX-License-Identifier: GPL-3.0-or-later
# mock's failures are told apart by its exit status and its logs; the machine's are tried once more.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
package greet
# told KIND MESSAGE: mock as called/says has it ends in that reason.
told() {
    rm -f called/runs
    echo "echo run >>'$PWD/called/runs'" | cat - says >called/says
    expect_from 1 greet.json albs-build --platforms example.yaml --platform example-9 --backend mock --retry
    expect_json '.tasks[0] | "\(.status) \(.reason.kind): \(.reason.message)"' "failed $1: $2"
    expect_json '.tasks[0].reason.log as $log | any(.artifacts[]; .sha256 == $log)'
}
cat >says <<'SH'
printf 'Executing(%%build): /bin/bash\ngreet.c:3:1: error: expected expression\n' >"$result/build.log"
exit 10
SH
told compile 'greet.c:3:1: error: expected expression'
expect_json '.tasks[0].reason.phase' build
cat >says <<'SH'
printf 'DEBUG util.py:459:  Error:\nDEBUG util.py:459:   - nothing provides libx >= 2 needed by y-1-1.noarch\n' >"$result/root.log"
exit 30
SH
told dependency 'nothing provides libx >= 2 needed by y-1-1.noarch'
[ "$(wc -l <called/runs)" = 1 ] || fail "a failure of the package was tried again"
cat >says <<'SH'
echo 'DEBUG util.py:459:  Error: Failed to download metadata for repo' >"$result/root.log"
exit 30
SH
told infrastructure 'Error: Failed to download metadata for repo'
[ "$(wc -l <called/runs)" = 2 ] || fail "a trouble of the machine was not tried again"
cat >says <<'SH'
echo 'ERROR: Could not find useradd in chroot' >&2
exit 20
SH
told infrastructure 'ERROR: Could not find useradd in chroot'
cat >says <<'SH'
echo 'Child return code was: 0' >"$result/build.log"
printf 'ERROR: Exception(greet) Config(x) 0 minutes\nINFO: Results are here\nERROR: builddep command missing.\n' >&2
exit 1
SH
told infrastructure 'ERROR: builddep command missing.'
# So does mock 6.7 end, with the status of a build that failed.
sed -i 's/^exit 1$/exit 10/' says
told infrastructure 'ERROR: builddep command missing.'
cat >says <<'SH'
exit 11
SH
told timeout 'the build took longer than 600 s'
cat >says <<'SH'
: >"$result/greet-1.0-1.noarch.rpm"
SH
told spec "the build left 'greet-1.0-1.noarch.rpm', which is no package of greet-1.0-1.src.rpm"
# Without mock there is nothing to be done.
rm bin/mock
expect_from 5 greet.json albs-build --platforms example.yaml --platform example-9 --backend mock --retry
expect_empty_stdout
expect_stderr "mock"
