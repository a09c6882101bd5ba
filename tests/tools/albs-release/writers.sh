# SPDX-License-Identifier: GPL-3.0-or-later
# One writer at a time: the second is told to come again (75), and readers are not kept waiting.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v flock >/dev/null || skip 'no flock'

make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release --to repo --key "$key"
: >advisory.json
flock .repo.lock sh -c 'touch held; while [ ! -e release ]; do sleep 0.05; done' &
while [ ! -e held ]; do sleep 0.05; done
expect_from 75 signed.json albs-release --to repo --key "$key"
expect_empty_stdout
expect_stderr 'locked by another process'
expect 75 albs-release revert repo
expect_empty_stdout
expect 0 albs-release check repo
expect_from 0 signed.json albs-release plan --to repo --key "$key"
touch release
wait
expect_from 0 signed.json albs-release --to repo --key "$key"
