#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing in a repository can make a file outside the checkout: status 3.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
sum=$(sha256sum <sample-1.0.tar.gz | cut -d' ' -f1)
cp sample-1.0.tar.gz "files/$sum"
refused() {
    publish "$work" sample
    expect 3 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
    expect_stderr "$1"
    expect_empty_stdout
    [ ! -e "$work/escaped" ] || fail "a file was made outside"
}
for path in ../../../../escaped "$work/escaped" a/../../../escaped "" .git/config a//b ./x; do
    printf '%s  %s\n' "$sum" "$path" >sample/sources
    commit_all sample "Path '$path'"
    if [ -z "$path" ]; then
        refused "'sources', line 1: neither"
    else
        refused "'sources', line 1: path '$path' leads out of the checkout"
    fi
done
# A directory of the path is a link to elsewhere.
printf '%s  dir/escaped\n' "$sum" >sample/sources
ln -s "$work" sample/dir
commit_all sample "Link out"
refused "symbolic link 'dir' leads out of the checkout, to '$work'"
ln -sfn .. sample/dir
commit_all sample "Link up"
refused "symbolic link 'dir' leads out of the checkout, to '..'"
ln -sfn sub/../.. sample/dir
commit_all sample "Link up by a detour"
refused "symbolic link 'dir' leads out of the checkout"
# A link that stays inside is no directory to write through either.
mkdir sample/real
echo x >sample/real/x
ln -sfn real sample/dir
commit_all sample "Link inside"
refused "'dir' is not a directory"
# A tree with ".." in it, which no git would make.
rm sample/dir
blob=$(echo evil | git -C sample hash-object -w --stdin)
subtree=$(printf "100644 escaped\0$(printf %s "$blob" | sed 's/../\\x&/g')" | /usr/bin/python3 -c '
import subprocess, sys
blob = bytes.fromhex(sys.argv[1])
def tree(entries):
    return subprocess.run(["git", "-C", "sample", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
                          input=entries, stdout=subprocess.PIPE, check=True).stdout.decode().strip()
inner = bytes.fromhex(tree(b"100644 escaped\0" + blob))
print(tree(b"40000 ..\0" + inner))' "$blob")
commit=$(git -C sample commit-tree -m "A tree with dots" "$subtree")
git -C sample update-ref refs/heads/dots "$commit"
git -C git/sample.git fetch -q "$work/sample" dots:dots
expect 3 albs-fetch "$git_url/sample.git#dots" --lookaside "$files_url"
expect_stderr "the tree holds a name that no checkout may hold: '..'"
expect_empty_stdout
