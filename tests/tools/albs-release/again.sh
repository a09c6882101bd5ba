# SPDX-License-Identifier: GPL-3.0-or-later
# Releasing the same again changes nothing and gives the same bytes, also after another release, and after the record
# of the run is lost.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 signed.json
signed_package second 1.0 second.json
snapshot() { find repo/ repo repo.* -printf '%p %y %s %m %T@ %C@ %i %l\n' | sort; }
albs-release --to repo --key "$key" <signed.json >released.json 2>"$err" || fail 'no release'
snapshot >before
expect_from 0 signed.json albs-release --to repo --key "$key"
expect_stderr 'all of it was released before'
same "$out" released.json
snapshot >after
same before after
expect_from 0 second.json albs-release --to repo --key "$key"
snapshot >before
expect_from 0 signed.json albs-release --to repo --key "$key"
same "$out" released.json
# Without the memory of the workspace the stage has other times; the records are the same.
rm -r "$ALBS_WORKSPACE/stages"
expect_from 0 signed.json albs-release --to repo --key "$key"
jq -c .releases "$out" >ours
jq -c .releases released.json >theirs
same ours theirs
snapshot >after
same before after
