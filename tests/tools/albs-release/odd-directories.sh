# SPDX-License-Identifier: GPL-3.0-or-later
# A tree in a directory whose name has characters that a URL may not have as they are: dnf finds it by NAME.repo.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v dnf >/dev/null || skip 'dnf is not installed'
make_signer
signed_package hello 1.0 hello.json
: >none.conf
defer 'for home in "$work"/cache/*/pubring; do [ ! -d "$home" ] || gpgconf --homedir "$home" --kill all; done'
for directory in 'per%20cent' 'ha#sh' 'a blank' 'quest?ion' 'dol$lar'; do
    mkdir "$directory"
    expect_from 0 hello.json albs-release --to "$directory/repo" --name demo --key "$key"
    grep -q '^baseurl=file://[A-Za-z0-9%/._~-]*/\$basearch/os/$' "$directory/repo/demo.repo" ||
        fail "$(grep baseurl "$directory/repo/demo.repo")"
    rm -rf root cache lists
    mkdir lists
    cp "$directory/repo/demo.repo" lists
    expect 0 dnf -q -y --config none.conf --installroot "$work/root" --releasever 9 --noplugins \
        --setopt=reposdir="$work/lists" --setopt=cachedir="$work/cache" --setopt=logdir="$work/cache" \
        --setopt=persistdir="$work/cache" repoquery --qf '%{name}' hello
    expect_stdout '^hello$'
done
