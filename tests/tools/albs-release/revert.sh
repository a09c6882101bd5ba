# SPDX-License-Identifier: GPL-3.0-or-later
# revert serves the generation before, with its records; a revision that was taken back is never used again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
build_package hello 1.0
build_package hello 2.0
build_package hello 3.0
for version in 1.0 2.0 3.0; do signed_of hello $version "$key" >$version.json; done
expect_from 0 1.0.json albs-release --to repo --key "$key"
jq -c '.releases | sort_by(.id)' "$out" >first
expect 3 albs-release revert repo
expect_empty_stdout
expect_stderr 'is the first release'
expect_from 0 2.0.json albs-release --to repo --key "$key"
taken=$(jq -r '.releases[] | select(.repository == "source") | .id' "$out")
expect 0 albs-release revert -n repo
[ "$(readlink repo)" = repo.2 ] || fail 'a dry run switched'
expect 0 albs-release revert repo
expect_stderr "serving '.*repo.1' again instead of '.*repo.2'"
keep_manifest "$out"
jq -c '.releases | sort_by(.id)' "$out" >ours
same ours first
expect_json '.stages[0].tool' 'albs-release revert'
[ "$(readlink repo)" = repo.1 ] || fail 'it was not switched'
expect 0 albs-release check repo
expect_from 0 3.0.json albs-release --to repo --key "$key"
expect_json "[.releases[].id] | index(\"$taken\")" null
[ ! -e "repo/$arch/os/Packages/h/hello-2.0-1.$arch.rpm" ] || fail 'what was taken back is there again'
[ "$(readlink repo)" = repo.3 ] || fail 'number of the generation'
# From there back to what it replaced, not to the one that was taken back.
expect 0 albs-release revert repo
[ "$(readlink repo)" = repo.1 ] || fail "reverted to $(readlink repo)"
# A generation that somebody changed is not served.
expect_from 0 3.0.json albs-release --to repo --key "$key"
sed -i 's/revision>1/revision>2/' "repo.1/$arch/os/repodata/repomd.xml"
now=$(readlink repo)
expect 4 albs-release revert repo
expect_empty_stdout
[ "$(readlink repo)" = "$now" ] || fail 'a changed generation is served'
expect 3 albs-release revert nothing
expect_empty_stdout
