# SPDX-License-Identifier: GPL-3.0-or-later
# DIR may be there already: a plain directory is exchanged and kept; an unsigned repository is not built upon; files of
# other people in the tree are carried along, other kinds of metadata too.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v createrepo_c >/dev/null || skip 'no createrepo_c'

make_signer
signed_package hello 1.0 hello.json
signed_package second 1.0 second.json
mkdir -p repo/notes
echo 'read me' >repo/notes/README
expect_from 0 hello.json albs-release --to repo/ --key "$key"
[ -L repo ] && [ -d repo.0 ] || fail 'it was not exchanged'
[ "$(cat repo/notes/README)" = 'read me' ] || fail 'a file is lost'

# Metadata of another kind, added by other means and signed again.
os="repo/$arch/os"
printf '<comps/>\n' >comps.xml
rm "$os/repodata/repomd.xml.asc"
expect 0 modifyrepo_c --mdtype=group comps.xml "$os/repodata"
gpg --quiet --batch --armor --detach-sign "$os/repodata/repomd.xml" 2>"$err" || fail sign
expect_from 0 second.json albs-release --to repo --key "$key"
grep -q 'type="group"' "$os/repodata/repomd.xml" || fail 'other metadata is lost'
expect 0 albs-release check repo

mkdir -p "bare/$arch/os/Packages"
cp "$os"/Packages/h/*.rpm "bare/$arch/os/Packages/"
expect 0 createrepo_c --quiet "bare/$arch/os"
expect_from 4 second.json albs-release --to bare --key "$key"
expect_empty_stdout
expect_stderr 'repomd.xml.*is not signed'
gpg --quiet --batch --armor --detach-sign "bare/$arch/os/repodata/repomd.xml" 2>"$err" || fail sign
expect_from 0 second.json albs-release --to bare --key "$key"
expect 0 albs-release check bare
# What is there is known by its digest, wherever it lies.
expect_from 0 hello.json albs-release --to bare --key "$key"
expect_json "[.releases[] | select(.repository == \"$arch/os\") | .packages[].path] | sort | join(\" \")" \
    "Packages/hello-1.0-1.$arch.rpm Packages/hello-doc-1.0-1.noarch.rpm"
[ ! -e "bare/$arch/os/Packages/h" ] || fail 'it was added twice'
ln -s "$work" link
expect_from 3 hello.json albs-release --to link --key "$key"
expect_empty_stdout
expect_stderr 'is a link to'
# A package that nothing lists.
cp built/hello-1.0/*.src.rpm "bare/$arch/os/stray.rpm"
expect 1 albs-release check bare
expect_stderr "$arch/os/stray.rpm: no metadata lists it"
# Koji's trees are links to packages elsewhere: what is taken over is the package.
mkdir -p pool "linked/$arch/os/Packages"
for package in repo/"$arch"/os/Packages/h/*.rpm; do
    cp "$package" pool/
    ln -s "../../../../pool/${package##*/}" "linked/$arch/os/Packages/"
done
expect 0 createrepo_c --quiet "linked/$arch/os"
gpg --quiet --batch --armor --detach-sign "linked/$arch/os/repodata/repomd.xml" 2>"$err" || fail sign
expect 0 cp -R linked strange
expect_from 0 second.json albs-release --to linked --key "$key"
expect 0 albs-release check linked
for package in linked/"$arch"/os/Packages/hello*.rpm; do
    [ -f "$package" ] && [ ! -L "$package" ] || fail "$package is still a link"
    same "$package" "pool/${package##*/}"
done
for package in strange/"$arch"/os/Packages/hello-1*.rpm; do ln -sf "../../../../comps.xml" "$package"; done
expect_from 4 second.json albs-release --to strange --key "$key"
expect_empty_stdout
expect_stderr 'leads to another file than the metadata lists'
