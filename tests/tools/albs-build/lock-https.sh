# SPDX-License-Identifier: GPL-3.0-or-later
# Over https, a server is who a trusted authority says it is, or nothing is taken from it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
command -v openssl >/dev/null || skip 'openssl is not installed'
make_distribution "$work/server/files"
request() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "$@" 2>>"$work/openssl.log" ||
    fail "$(cat "$work/openssl.log")"; }
request -x509 -subj '/CN=Authority' -days 2 -keyout authority.key -out authority.pem
# certificate NAME SUBJECT: NAME.pem, a certificate for that by the authority, and its key.
certificate() {
    request -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
    printf 'subjectAltName=%s\n' "$2" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile "$1.ext" \
        -out "$1.crt" 2>>openssl.log ||
        fail "$(cat openssl.log)"
    cat "$1.crt" "$1.key" >"$1.pem"
}
certificate mine IP:127.0.0.1
certificate other DNS:example.org
start_server "$work/server" "$work/mine.pem" || fail 'no server'
defer stop_server
expect 3 albs-build lock --repo "base=$files_url/base" bash
expect_stderr "error: repository 'base': cannot get .*: SSL certificate problem"
expect_empty_stdout
SSL_CERT_FILE=$work/authority.pem
export SSL_CERT_FILE
expect 0 albs-build lock --repo "base=$files_url/base" bash
expect_json '.packages[0].nevra' 'bash-2:5-2.noarch'
stop_server
start_server "$work/server" "$work/other.pem" || fail 'no server'
expect 3 albs-build lock --repo "base=$files_url/base" --workspace other bash
expect_stderr 'SSL: no alternative certificate subject name matches'
[ ! -s "$server_log" ] || fail "something was asked for: $(cat "$server_log")"
# A file that is no certificate is no reason to trust everybody.
echo nonsense >authority.pem
expect 3 albs-build lock --repo "base=$files_url/base" --workspace other bash
expect_empty_stdout
