# SPDX-License-Identifier: GPL-3.0-or-later
# Packages that were there stay; versions only rise; one name is one file for ever.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.9 old.json
signed_package hello 1.10 new.json
os="$arch/os/Packages/h"
expect_from 0 old.json albs-release --to repo --key "$key"
first=$(jq -r '.releases[] | select(.repository | endswith("/os")) | .repomd_sha256' "$out")
expect_from 0 new.json albs-release --to repo --key "$key"
expect_json '.releases[] | select(.repository | endswith("/os")) | .previous' "$first"
expect_json '.releases[] | select(.repository | endswith("/os")) | .packages | length' 2
[ -f "repo/$os/hello-1.9-1.$arch.rpm" ] && [ -f "repo/$os/hello-1.10-1.$arch.rpm" ] || fail 'a package is not there'
inode() { stat -c %i "$1"; }
[ "$(inode "repo/$os/hello-1.9-1.$arch.rpm")" = "$(inode "repo.1/$os/hello-1.9-1.$arch.rpm")" ] ||
    fail 'an unchanged file is no hard link'
zcat "repo/$arch/os/repodata"/*-primary.xml.gz 2>/dev/null | grep -q 'ver="1.9"' || fail 'the old one is not listed'

# What is there already is no downgrade; a new tree that has 1.10 takes no 1.9.
expect_from 0 old.json albs-release --to repo --key "$key"
expect_from 0 new.json albs-release --to other --key "$key"
expect_from 1 old.json albs-release --to other --key "$key"
expect_stderr "hello-1.9-1.$arch: refused: $arch/os has the newer hello-1.10-1.$arch"
expect_json '.releases | length' 0
[ "$(readlink other)" = other.1 ] || fail 'a downgrade was published'
expect_from 0 old.json albs-release --to other --key "$key" --waive 'downgrade=the new one is broken'
expect_json '.releases[0].waived' 'the new one is broken'

# The same name with other bytes, in another manifest and within one; no waiver helps.
built_at=1767225601
cp -r built/hello-1.9 saved
build_package hello 1.9 'Provides: more'
signed_of hello 1.9 "$key" >again.json
for waive in '' 'identity=please'; do
    expect_from 1 again.json albs-release --to repo --key "$key" ${waive:+--waive "$waive"}
    expect_stderr "hello-1.9-1.$arch: refused: $arch/os has other bytes under that name"
    [ "$(readlink repo)" = repo.2 ] || fail 'other bytes were published'
done
cat old.json again.json >both.json
expect_from 1 both.json albs-release --to third --key "$key" --waive identity=please
expect_stderr 'hello-1.9-1.*refused: this manifest has two files of that name'
[ ! -e third ] || fail 'one of the two was published'
