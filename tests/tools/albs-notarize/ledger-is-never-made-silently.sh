# SPDX-License-Identifier: GPL-3.0-or-later
. "$ALBS_SOURCE/tests/lib.sh"
expect_from 5 "$ALBS_SOURCE/tests/data/ledger/manifest.json" albs-notarize --ledger "$work/none"
expect_empty_stdout
expect_stderr "no ledger in '.*none'"
expect_stderr 'hint: make one: albs-notarize init'
[ ! -e "$work/none" ] || fail "a ledger was made"
expect 2 albs-notarize init --ledger "$work/none"
expect_stderr 'init needs --origin'
expect 2 albs-notarize init --ledger "$work/none" --origin 'two words'
expect 0 albs-notarize init --ledger "$work/ledger" --origin log.example.org
expect_stdout '^log\.example\.org+[0-9a-f]\{8\}+A'
same "$out" "$work/ledger/log.vkey"
[ "$(stat -c %a "$work/ledger/.state/log.key")" = 600 ] || fail "the log's key can be read by others"
[ "$(stat -c %a "$work/ledger/.state")" = 700 ] || fail "the private directory can be read by others"
expect 2 albs-notarize init --ledger "$work/ledger" --origin log.example.org
expect_stderr 'is there already'
