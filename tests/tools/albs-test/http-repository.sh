# SPDX-License-Identifier: GPL-3.0-or-later
# --repo over HTTP: metadata and packages are brought here, and checked as those of a directory are.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
command -v createrepo_c >/dev/null || skip "there is no createrepo_c"
command -v python3 >/dev/null || skip "there is no python3"

package() { # NAME PREAMBLE
    build_packages <<SPEC
Name: $1
Version: 1
Release: 1
Summary: One of several
License: MIT
BuildArch: noarch
$2
%description
One.
%install
mkdir -p %{buildroot}/usr/share/$1
%files
/usr/share/$1
SPEC
}
package far ''
arch=$(uname -m)
mkdir -p "www/$arch"
mv rpms/far-1-1.noarch.rpm "www/$arch/"
createrepo_c --quiet "www/$arch"
package near 'Requires: far'
built_manifest rpms/near-1-1.noarch.rpm >built.json

python3 - >port 2>/dev/null <<'SERVER' &
import http.server, os
os.chdir("www")
server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
print(server.server_port, flush=True)
server.serve_forever()
SERVER
server=$!
defer "kill $server 2>/dev/null"
tries=0
while [ ! -s port ] && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
url="http://127.0.0.1:$(cat port)"

expect 0 albs-test --repo "$url/\$basearch" built.json
expect_test pass install near
expect_test skip upgrade near '^no repository has an older version$'
expect 3 albs-test --repo "$url/nothing" built.json
expect_empty_stdout
expect_stderr 404
printf 'x' >>"www/$arch/far-1-1.noarch.rpm"
rm -rf .albs/dnf .albs/tests
expect 4 albs-test --repo "$url/\$basearch" built.json
expect_empty_stdout
kill $server
