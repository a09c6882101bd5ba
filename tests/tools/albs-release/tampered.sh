# SPDX-License-Identifier: GPL-3.0-or-later
# Evidence that contradicts itself is status 4, nothing on stdout, nothing published: a changed store object, a
# notarization that proves another thing, a changed tree.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 signed.json
digest=$(jq -r '.signatures[0].artifact' signed.json)
object="$ALBS_WORKSPACE/store/sha256/$(echo "$digest" | cut -c1-2)/$digest"

contradicted() {
    expect_from 4 "$1" albs-release --to repo --key "$key"
    expect_empty_stdout
    expect_stderr "^albs-release: error: .*$2"
    [ ! -e repo ] || fail 'something was published'
}
cp "$object" saved
chmod u+w "$object"
printf x | dd of="$object" bs=1 seek=6000 conv=notrunc 2>/dev/null
contradicted signed.json "store object .* was changed"
cp saved "$object"
# Proofs of one thing at the record of another.
jq -c '.stages = [] | [.notarizations[] | select(.kind == "build")] as $b |
    .notarizations |= map(if .id == $b[0].id then .statement = $b[1].statement else . end)' signed.json >swapped.json
contradicted swapped.json 'hello.*the build: '
jq -c '.stages = [] | .artifacts[0].rpm.nevra = "other-1-1.noarch"' signed.json >renamed.json
contradicted renamed.json 'other-1-1.noarch'
# The manifest names another signer than the file has.
other=$(make_key other)
jq -c --arg other "$other" '.stages = [] | .signatures[].key = $other' signed.json >signer.json
expect_from 4 signer.json albs-release --to repo --key "$key" --allow-key "$other" --waive notarization=x
expect_empty_stdout
expect_stderr "says that $other signed it, and $key did"

# The tree that is there: nothing is built on metadata or packages that somebody changed.
expect_from 0 signed.json albs-release --to repo --key "$key"
signed_package hello 2.0 next.json
tree_refused() {
    expect_from 4 next.json albs-release --to repo --key "$key"
    expect_empty_stdout
    expect_stderr "$1"
    [ "$(readlink repo)" = repo.1 ] || fail 'it was switched'
    expect 4 albs-release check repo
    expect_empty_stdout
}
package="repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm"
cp "$package" saved
rm "$package"
{ cat saved; echo x; } >"$package"
tree_refused 'was changed'
cp saved "$package"
repomd="repo/$arch/os/repodata/repomd.xml"
cp "$repomd" saved
sed -i 's/<revision>1/<revision>2/' "$repomd"
tree_refused 'repomd.xml.*not good'
cp saved "$repomd"
mv "$repomd.asc" saved.asc
tree_refused 'repomd.xml.*not signed'
mv saved.asc "$repomd.asc"
primary=$(ls repo/"$arch"/os/repodata/*-primary.xml.gz)
cp "$primary" saved
rm "$primary"
tree_refused 'primary.xml.gz.*is not there'
echo x | gzip >"$primary"
tree_refused 'primary.xml.gz.*was changed'
cp saved "$primary"
sed -i 's/"name": "repo"/"name": "evil"/' repo/release.json
tree_refused 'release.json.*not good'
