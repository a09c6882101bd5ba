# SPDX-License-Identifier: GPL-3.0-or-later
# A terminal on stdin: status 2 at once with a hint, instead of waiting for ever.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"
needs_manifest
command -v script >/dev/null || skip 'script(1) is not installed'

# shellcheck disable=SC2086 # args are words
cat >on-terminal.sh <<END
exec timeout 10 $tool $args >'$out' 2>'$err'
END
: >"$out"
got=0
script -qec 'sh on-terminal.sh' /dev/null </dev/null >/dev/null 2>&1 || got=$?
[ "$got" = 2 ] || fail "status $got"
expect_empty_stdout
expect_stderr 'standard input is a terminal'
expect_stderr "^$tool: hint: "
