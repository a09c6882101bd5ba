# SPDX-License-Identifier: GPL-3.0-or-later
# A released repository is verified offline with the log's key alone; dnf reads it as before; a changed, an unrecorded
# and a revoked package are told apart.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 old.json
build_package hello 2.0
expect_from 0 old.json albs-release --to repo --name demo --key "$key"
log=$PWD/log.vkey
cp "$ALBS_WORKSPACE/ledger/log.vkey" "$log"
grep -q '<data type="notarizations">' "repo/$arch/os/repodata/repomd.xml" || fail 'repomd.xml lists no notarizations'
verify() { ALBS_WORKSPACE="$work/elsewhere" albs-notarize verify --log-key "$log" "$@"; }
expect 0 verify repo
expect_stdout "^verified repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm$"
expect_stdout "^verified repo/$arch/debug/Packages/h/hello-debuginfo-1.0-1.$arch.rpm$"
expect_stdout '^verified repo/source/Packages/h/hello-1.0-1.src.rpm$'
expect_stderr 'revocations were not looked for'
expect 0 verify "repo/$arch/os"
[ "$(grep -c ^verified "$out")" = 2 ] || fail 'not the two packages of that repository'
# One package is found by the proofs in the repodata above it, wherever it is named from, and is what is listed there.
one=repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm
expect 0 verify "$one"
expect_stdout "^verified $one$"
expect_stdout '^  signature example.org/log#'
(cd "repo/$arch/os/Packages/h" && expect 0 verify "hello-1.0-1.$arch.rpm" "$work/repo/source/Packages/h/hello-1.0-1.src.rpm" &&
    [ "$(grep -c ^verified "$out")" = 2 ]) || fail 'not both packages of two repositories'
cp "$one" "alone.$arch.rpm"
expect 1 verify "alone.$arch.rpm"
expect_stdout "^absent alone.$arch.rpm$"
cp -rL "repo/$arch/os" changed
chmod -R u+w changed
printf x | dd of="changed/Packages/h/hello-1.0-1.$arch.rpm" bs=1 seek=2000 conv=notrunc 2>/dev/null
expect 4 verify "changed/Packages/h/hello-1.0-1.$arch.rpm"
expect_empty_stdout
expect_stderr 'is not the file that the repository lists'
# Metadata that does not fit together is no proof of a file, and no hindrance to who has another.
echo >>"$(echo changed/repodata/*notarizations*)"
expect 4 verify "changed/Packages/h/hello-1.0-1.$arch.rpm"
expect 0 verify old.json "$one"
if command -v dnf >/dev/null; then
    expect 0 dnf_with repo/demo.repo -q install hello
fi
# The same again changes nothing; a later release keeps what is there.
readlink repo >first
expect_from 0 old.json albs-release --to repo --key "$key"
[ "$(readlink repo)" = "$(cat first)" ] || fail 'the same was released again'
signed_of hello 2.0 "$key" >new.json
expect_from 0 new.json albs-release --to repo --key "$key"
expect 0 verify "repo/$arch/os"
[ "$(grep -c ^verified "$out")" = 4 ] || fail 'not all four packages'
expect 0 albs-release check repo
# An advisory is published beside them.
cat >advisory.json <<END
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "bugfix", "title": "t", "description": "d",
 "issued": "2030-02-01T10:20:30Z", "references": [], "packages": ["hello"]}
END
expect 0 albs-release errata --to repo --key "$key" advisory.json
expect 0 verify "repo/$arch/os"
# A revocation that the next release's manifest brings is in the repository, for who is offline.
revoked=$(sha256sum <"repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm" | cut -d' ' -f1)
expect 0 albs-notarize mark --reason 'a broken compiler' "$revoked"
expect 1 verify --ledger "$ALBS_WORKSPACE/ledger" "repo/$arch/os"
expect_stdout "^revoked repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm$"
# Changed and lost packages.
cp -rL "repo/$arch/os" copy
rm copy/Packages/h/hello-2.0-1."$arch".rpm
expect 1 verify copy
expect_stdout "^absent copy/Packages/h/hello-2.0-1.$arch.rpm$"
package=copy/Packages/h/hello-1.0-1.$arch.rpm
chmod u+w "$package"
printf x | dd of="$package" bs=1 seek=2000 conv=notrunc 2>/dev/null
expect 4 verify copy
expect_empty_stdout
expect_stderr 'is not the file that the repository lists'
mkdir empty
expect 3 verify empty
expect_stderr 'holds no repository'
