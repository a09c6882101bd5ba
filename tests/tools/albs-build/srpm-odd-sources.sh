#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sources that are no files are refused by their name; links are followed; a source that is left out (NoSource) makes a
# package of another name, which cannot be built of itself.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
mkdir -p it/data
echo x >it/data/x
echo text >it/text.txt
ln -s text.txt it/link.txt
# srpm STATUS LINES
srpm() {
    printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%b\n%%description\nx\n%%files\n' \
        "$2" >it/it.spec
    albs-fetch -q it -o it.json || fail 'not fetched'
    rm -rf out
    expect "$1" albs-build srpm it.json --output out
}
# What a line says without macros, albs-fetch refuses.
srpm 1 '%global folder data\nSource0: https://example.org/%{folder}/'
expect_json '.tasks[0].reason | "\(.phase) \(.kind) \(.message)"' \
    "srpm spec the spec names a directory as a source, or a URL that ends in '/'"
srpm 1 '%global folder data\nSource0: %{folder}'
expect_json '.tasks[0].reason.message' "the spec names a directory as a source, or a URL that ends in '/'"
srpm 0 'Source0: link.txt\nSource1: text.txt'
rpm2archive - <out/it-1-1.src.rpm | tar -xzO ./link.txt >linked 2>/dev/null
same linked it/text.txt
srpm 0 'Source0: text.txt\nNoSource: 0'
[ -e out/it-1-1.nosrc.rpm ] || fail "the package is $(ls out)"
expect 0 albs-fetch out/it-1-1.nosrc.rpm
expect_json '.artifacts[0].name' it-1-1.nosrc.rpm
