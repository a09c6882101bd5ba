# SPDX-License-Identifier: GPL-3.0-or-later
# .repo files as dnf's users have them: a server that wants a password, a client's certificate, a proxy; packages of
# which only some are taken; a mirror that goes back; names that a URL cannot hold as they are.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
command -v openssl >/dev/null || skip 'openssl is not installed'
make_distribution "$work/server/files"
for name in server client; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=$name \
        -addext subjectAltName=IP:127.0.0.1 -keyout $name.key -out $name.crt 2>"$err" || fail 'no certificate'
    cat $name.key $name.crt >$name.pem
done
start_server "$work/server" "$work/server.pem" --user me:pass\$word --client-authority "$work/client.crt" || fail 'no server'
repo() {
    printf '[base]\nbaseurl=%s/base\ngpgcheck=0\nrepo_gpgcheck=0\n' "$files_url" >base.repo
    printf '%s\n' "$@" >>base.repo
}
lock() { expect "$1" albs-build lock --repo base.repo --workspace "ws-$2" bash; }
certificate="sslcacert=$work/server.crt sslclientcert=$work/client.pem"
# shellcheck disable=SC2086 # words
repo $certificate username=me 'password=pass$word'
lock 0 good
expect_json '.packages[0].nevra' 'bash-2:5-2.noarch'
! grep -rqF 'pass$word' "$out" ws-good || fail 'the password is kept'
# shellcheck disable=SC2086
repo $certificate username=me password=wrong
lock 3 1
expect_stderr 'HTTP status 401'
expect_empty_stdout
repo username=me 'password=pass$word'
lock 3 2
expect_stderr 'SSL certificate problem'
repo "sslcacert=$work/server.crt" username=me 'password=pass$word'
lock 75 3
expect_stderr 'cannot get'
# shellcheck disable=SC2086
repo sslverify=0 "sslclientcert=$work/client.crt" "sslclientkey=$work/client.key" username=me 'password=pass$word'
lock 0 4
# A pipe would be waited for.
mkfifo pipe
for name in sslcacert sslclientcert sslclientkey; do
    repo sslverify=0 "sslclientcert=$work/client.crt" "$name=$work/pipe"
    lock 3 pipe
    expect_stderr "pipe.* regular file"
done
# shellcheck disable=SC2086
repo $certificate username=me 'password=pass$word' proxy=http://127.0.0.1:9
lock 75 5
expect_stderr '127.0.0.1 port 9'
stop_server

# Without TLS: what is taken from it.
start_server "$work/server" || fail 'no server'
defer stop_server
repo includepkgs=dash
lock 3 6
expect_stderr "there is no such root: no package matches 'bash'"
repo includepkgs=dash,bash
lock 0 6
repo includepkgs='*' exclude=bash
lock 3 6

# A mirror that goes back is told, and refused on request.
repo
lock 0 7
createrepo_c -q --revision 90 "$work/server/files/base"
lock 0 7
expect_stderr "warning: repository 'base': it is behind: its revision is 90, and 100 was seen"
lock 0 7
expect_stderr "its revision is 90, and 100 was seen"
expect 75 albs-build lock --repo base.repo --workspace ws-7 --no-rollback bash
expect_stderr 'it is behind: its revision is 90, and 100 was seen'
createrepo_c -q --revision 110 "$work/server/files/base"
lock 0 7
createrepo_c -q --revision 95 "$work/server/files/base"
expect 75 albs-build lock --repo base.repo --workspace ws-7 --no-rollback bash
expect_empty_stdout
expect_stderr 'it is behind: its revision is 95, and 110 was seen'

# Blanks, '+' and more in the names of files.
mkdir "$work/server/files/base/sub dir++^"
mv "$work/server/files/base"/bash-5-2.noarch.rpm "$work/server/files/base/sub dir++^/"
createrepo_c -q --revision 120 "$work/server/files/base"
lock 0 8
expect_json '.packages[0].path' 'sub dir++^/bash-5-2.noarch.rpm'
grep -qF 'GET /files/base/sub%20dir%2B%2B%5E/bash-5-2.noarch.rpm 200' "$server_log" || fail "$(cat "$server_log")"
expect 0 albs-build lock --repo "base=file://$work/server/files/base" --workspace ws-9 bash

# A directory whose name has a blank, as a path and as a URL.
cp -r "$work/server/files" "$work/my files"
for place in "x=$work/my files/base" "x=file://$work/my files/base" "x=file://$work/my%20files/base"; do
    expect 0 albs-build lock --repo "$place" --workspace ws-blank bash
    expect_json '.packages[0].nevra' 'bash-2:5-2.noarch'
    rm -rf ws-blank
done
