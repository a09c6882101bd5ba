#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file that a spec names by URL and nobody gave a digest for: an error with file and URL, or, where that is asked for,
# taken once, pinned and said.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
mkdir -p files git it
start_server "$work" || exit 1
defer stop_server
echo 'from upstream' >files/it-1.txt
cat >it/it.spec <<SPEC
Name: it
Version: 1
Release: 1
Summary: x
License: MIT
Source0: $files_url/%{name}-%{version}.txt
Source1: local.txt
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}/usr/share/it
cp %{SOURCE0} %{SOURCE1} %{buildroot}/usr/share/it/
%files
/usr/share/it
SPEC
echo local >it/local.txt
expect 0 albs-fetch it -o it.json
expect 1 albs-build it.json
expect_json '.tasks[0].reason | .phase + " " + .kind' 'srpm spec'
expect_json '.tasks[0].reason.message' "source file 'it-1.txt' is neither in the source nor in its list of lookaside files; the spec names it as $files_url/it-1.txt: list it with its digest, or take it with --trust-first-fetch"
[ ! -s "$server_log" ] || fail "the server was asked: $(cat "$server_log")"

expect 0 albs-build --trust-first-fetch --output out it.json
cp "$out" built.json
line="SHA512 (it-1.txt) = $(sha512sum <files/it-1.txt | cut -d' ' -f1)"
expect_stderr "warning: .*took 'it-1.txt' from $files_url/it-1.txt, which nobody vouches for; .*: $line"
sum=$(sha256sum <files/it-1.txt | cut -d' ' -f1)
expect_json '.tasks[0].pinned | length == 1 and (.[0] | .name == "it-1.txt" and .size == 14)'
expect_json '.tasks[0].pinned[0] | "\(.url) \(.sha256)"' "$files_url/it-1.txt $sum"
expect_json "[.artifacts[] | select(.sha256 == \"$sum\").kind] | join(\" \")" file
rpm -qpl out/it-1-1.src.rpm | grep -qx it-1.txt || fail 'the file is not in the source package'
# The server has another by now: this workspace stays with what it took, and so does who builds again elsewhere.
echo 'changed upstream' >files/it-1.txt
echo '# another spec' >>it/it.spec
expect 0 albs-fetch it -o again.json
expect 0 albs-build --trust-first-fetch again.json
expect_json '.tasks[0].pinned[0].sha256' "$sum"
rm -f .albs/store/sha256/"$(printf %.2s "$sum")"/"$sum"
expect_refusal 4 "is not what its digest says: wanted sha256 $sum" albs-build reproduce built.json
echo 'from upstream' >files/it-1.txt
expect 0 albs-build reproduce built.json
expect_json '.tasks[0].same'
# The line does it.
echo "$line" >it/sources
expect 0 albs-fetch it --lookaside "$files_url/{file}" -o listed.json
expect 0 albs-build listed.json
expect_json '.tasks[0] | .status == "ok" and (has("pinned") | not)'
# Not there.
rm -f files/it-1.txt it/sources
sed -i 's/%{name}-%{version}.txt/nothing.txt/' it/it.spec
expect 0 albs-fetch it -o nothing.json
expect_refusal 3 "cannot download '$files_url/nothing.txt': HTTP status 404" albs-build --trust-first-fetch nothing.json
