# SPDX-License-Identifier: GPL-3.0-or-later
# The metadata says what createrepo_c says of the same files, but for the files' own times; and the same packages give
# the same bytes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v createrepo_c >/dev/null || skip 'no createrepo_c'

make_signer
build_package hello 1.0 "Epoch: 2
Provides: a = 1, b(x)
Requires: /bin/sh, c >= 3
Recommends: d
Conflicts: e < 1
Obsoletes: f"
build_package second 1.0
signed_of hello 1.0 "$key" >signed.json
signed_of second 1.0 "$key" >>signed.json
export SOURCE_DATE_EPOCH=1780000000
expect_from 0 signed.json albs-release --to one/repo --baseurl https://example.org/ --key "$key"
expect_from 0 signed.json albs-release --to two/repo --baseurl https://example.org/ --key "$key"
diff -r one/repo.1 two/repo.1 >"$out" || fail 'two releases of the same differ'
grep -q '<revision>1780000000</revision>' "one/repo/$arch/os/repodata/repomd.xml" || fail 'revision'
mkdir oracle
cp -r "one/repo/$arch/os/Packages" oracle/
expect 0 createrepo_c --quiet --no-database --changelog-limit 10 oracle
for kind in primary filelists other; do
    zcat oracle/repodata/*-$kind.xml.gz | sed 's/<time file="[0-9]*"/<time/' >theirs
    zcat "one/repo/$arch/os/repodata"/*-$kind.xml.gz | sed 's/<time file="[0-9]*"/<time/' >ours
    same ours theirs
done
