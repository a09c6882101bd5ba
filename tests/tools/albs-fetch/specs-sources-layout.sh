#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPECS/ and SOURCES/ with .NAME.metadata over HTTP, the file from a lookaside that goes by hash alone.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_specs_sources "$work" sample
start_server "$work" || exit 1
defer stop_server
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url" --output out
expect_json ".sources[0].layout" specs-sources
expect_json ".sources[0].spec" SPECS/sample.spec
expect_json ".sources[0].lookaside[0].path" SOURCES/sample-1.0.tar.gz
expect_json ".sources[0].lookaside[0].algorithm" sha256
expect_json ".sources[0].lookaside[0].url" "$files_url/$specs_sum"
jq -r '.files[].path' out/sample.source-tree.json >listed
printf '.sample.metadata\nSOURCES/fix.patch\nSOURCES/sample-1.0.tar.gz\nSPECS/sample.spec\n' >wanted
same wanted listed

# git.centos.org's lookaside goes by branch; an import tag says which.
sha1=$(sha1sum <sample-1.0.tar.gz | cut -d' ' -f1)
printf '%s SOURCES/sample-1.0.tar.gz\n' "$sha1" >sample/.sample.metadata
commit_all sample "Name the file by its SHA-1"
git -C sample tag imports/c9/sample-1.0-1
commit_all sample "Move on"
publish "$work" sample
mkdir -p files/sample/c9
cp sample-1.0.tar.gz "files/sample/c9/$sha1"
expect 0 albs-fetch "$git_url/sample.git#imports/c9/sample-1.0-1" --lookaside "$files_url/"
expect_json ".sources[0].lookaside[0].url" "$files_url/sample/c9/$sha1"
expect_json ".sources[0].lookaside[0].algorithm" sha1
