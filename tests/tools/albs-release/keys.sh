# SPDX-License-Identifier: GPL-3.0-or-later
# The key changes with --allow-key: old packages stay valid, dnf gets both keys; without it a tree by another key is
# refused. No key, a short key, a key without its secret part.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

old=$(make_key old)
new=$(make_key new)
make_ledger
build_package hello 1.0
build_package second 1.0
signed_of hello 1.0 "$old" >hello.json
signed_of second 1.0 "$new" >second.json
expect_from 0 hello.json albs-release --to repo --key "$old"
expect_from 4 second.json albs-release --to repo --key "$new"
expect_empty_stdout
expect_stderr "repomd.xml'.*signed by $old, which is not allowed"
expect_from 0 second.json albs-release --to repo --key "$new" --allow-key "$old"
expect_json "[.releases[].key == \"$new\"] | all"
id=$(echo "$old" | tail -c 17)
grep -q "^gpgkey=file://$work/repo/RPM-GPG-KEY-repo file://$work/repo/RPM-GPG-KEY-repo-$id\$" repo/repo.repo ||
    fail 'gpgkey'
expect 0 albs-release check repo
gpg --armor --export "$new" >new.asc 2>/dev/null
expect 4 albs-release check repo --cert new.asc
expect_empty_stdout
expect_stderr 'hello-1.0-1'
if command -v dnf >/dev/null; then
    expect 0 dnf_with repo/repo.repo install hello second
    expect 0 rpm --root "$work/root" -q hello second
fi

expect_from 2 hello.json albs-release --to repo
expect_empty_stdout
expect_from 2 hello.json albs-release --to repo --key 0123456789ABCDEF
expect_empty_stdout
expect_stderr 'is not the fingerprint of a key'
expect_from 5 hello.json albs-release --to repo --key 0123456789012345678901234567890123456789
expect_empty_stdout
expect_stderr 'no public key'
mkdir -m 700 public
gpg --homedir public --quiet --batch --import new.asc 2>"$err" || fail import
expect_from 5 second.json albs-release --to fresh --key "$new" --gnupghome public
expect_empty_stdout
expect_stderr 'no secret key'
[ ! -e fresh ] || fail 'published without a signature'
expect_from 0 second.json albs-release plan --to fresh --key "$new" --gnupghome public
gpgconf --homedir public --kill all
