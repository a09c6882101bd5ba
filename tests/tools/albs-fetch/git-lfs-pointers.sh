#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A Git LFS pointer is no source: the file that it stands for is looked for by its digest, and where nobody has it the
# source is refused.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
sha256=$(sha256sum <sample-1.0.tar.gz | cut -d' ' -f1)
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n' "$sha256" \
    "$(stat -c %s sample-1.0.tar.gz)" >sample/sample-1.0.tar.gz
: >sample/sources
commit_all sample 'Commit a pointer'
url=file://$work/sample
expect 2 albs-fetch "$url"
expect_empty_stdout
expect_stderr "'sample-1.0.tar.gz' is not in git, only its digest in its Git LFS pointer, and no lookaside server is named"
mkdir objects
expect 3 albs-fetch "$url" --lookaside "file://$work/objects/{hash}"
expect_empty_stdout
expect_stderr "no lookaside server has 'sample-1.0.tar.gz' (sha256:$sha256)"
cp sample-1.0.tar.gz "objects/$sha256"
for source in "$url" sample; do
    expect 0 albs-fetch "$source" --lookaside "file://$work/objects/{hash}"
    expect_json '.sources[0].lookaside[0].sha256' "$sha256"
done
