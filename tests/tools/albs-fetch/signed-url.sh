#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source package at a URL with a query, and a server whose certificate is by an authority that SSL_CERT_FILE names, for
# git and for files alike.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
command -v openssl >/dev/null || skip 'openssl is not installed'
make_flat "$work" sample
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout server.key -out server.crt 2>"$err" || fail 'no certificate'
cat server.key server.crt >server.pem
start_server "$work" "$work/server.pem" || exit 1
defer stop_server
expect 3 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_stderr 'certificate'
SSL_CERT_FILE=$work/server.crt
export SSL_CERT_FILE
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
source_package_of out
cp out/sample-1.0-1.src.rpm files/
expect 0 albs-fetch "$files_url/sample-1.0-1.src.rpm?token=1&x=y"
expect_json '.sources[0].kind' srpm
expect_json '.sources[0].url' "$files_url/sample-1.0-1.src.rpm"
! grep -q token "$out" "$err" || fail 'the query, which may be a secret, was told'
expect_refusal 3 "cannot download '$files_url/none.src.rpm': HTTP status 404" albs-fetch \
    "$files_url/none.src.rpm?token=1&x=y"
! grep -q token "$err" || fail 'the query, which may be a secret, was told with an error'
