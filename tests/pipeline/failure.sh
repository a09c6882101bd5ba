# SPDX-License-Identifier: GPL-3.0-or-later
# A package that fails is data and travels to the end; a tool that fails leaves nothing for the next to believe.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/pipe.sh"
pipe_setup
export key
sed -i 's/^gcc .*/gcc -O2 -o tiny nowhere.c/' distgit/tiny.spec
tiny_commit distgit 'Break it' 2024-01-02T00:00:00Z

cat >pipe <<'SH'
albs-fetch "file://$PWD/distgit#$1" | albs-notarize | albs-build | albs-test | albs-notarize |
    albs-sign --key "$key" | albs-notarize | albs-release --to repo --key "$key"
SH
# Without pipefail the verdict still comes out at the end, with the reason.
expect 1 dash pipe main
expect_json '.tasks[0].status' failed
expect_json '.tasks[0].reason.phase' build
expect_json '.tasks[0].reason.message | contains("nowhere.c")'
expect_json '.signatures | length' 0
expect_json '.stages | map(select(.tool == "albs-build")) | .[0].verdict' no
[ ! -e repo ] || fail 'a failed package was released'

# A ref that is not there: every later stage refuses the empty input.
expect 3 dash pipe no-such-branch
expect_empty_stdout
expect_stderr 'albs-fetch: error: .*no-such-branch'
expect_stderr 'albs-release: error: standard input: no manifest: the input is empty'
