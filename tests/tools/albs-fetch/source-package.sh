#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source package as input, from a file or a URL: checked, recorded by its digest.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
source_package_of out
package=out/sample-1.0-1.src.rpm
digest=$(sha256sum <"$package" | cut -d' ' -f1)
cp "$package" renamed.src.rpm
cp "$package" files/sample.src.rpm
check() {
    expect_json ".sources | length" 1
    expect_json ".sources[0] | .id + .kind + .name" "sample@srpm-$(printf %.12s "$digest")srpmsample"
    expect_json ".sources[0] | .srpm + (.commit | tostring) + .signature.status" "${digest}nullnone"
    expect_json ".sources[0].source_date_epoch" "$(date -u -d 2023-11-01 +%s)"
    expect_json ".artifacts[0] | .sha256 + .name + .kind" "${digest}sample-1.0-1.src.rpmsrpm"
    expect_json ".artifacts[0].rpm | .nevra + .arch" "sample-1.0-1.srcsrc"
}
expect 0 albs-fetch renamed.src.rpm --workspace new
check
expect_json ".sources[0].url" null
expect 0 albs-fetch "$files_url/sample.src.rpm" --workspace new2
check
expect_json ".sources[0].url" "$files_url/sample.src.rpm"
expect 0 albs-fetch "file://$work/renamed.src.rpm" --workspace new3
check
# Again what a manifest records: a URL is downloaded, a file is taken from the store.
cp "$out" recorded
expect 0 albs-fetch --from recorded --workspace new4
check
expect 0 albs-fetch renamed.src.rpm --workspace new
jq -c 'del(.sources[0].url) | .stages = []' "$out" >recorded
expect 0 albs-fetch --from recorded --workspace new
check
expect_refusal 3 'it was a file, and is not in the store' albs-fetch --from recorded --workspace new5
jq -c '.sources[0] |= (.srpm = "'"$(printf %064d 0)"'" | .url = "'"$files_url"'/sample.src.rpm")' recorded >changed
expect_refusal 4 'it is not what the manifest says: srpm is ' albs-fetch --from changed --workspace new5
expect 3 albs-fetch "$files_url/missing.src.rpm"
expect_stderr "cannot download '$files_url/missing.src.rpm': HTTP status 404"
expect_empty_stdout
# Damaged, cut, or no source package.
size=$(wc -c <renamed.src.rpm)
{ head -c $((size - 1)) renamed.src.rpm; printf x; } >damaged.src.rpm
expect 4 albs-fetch damaged.src.rpm
expect_stderr "the payload of 'damaged.src.rpm' is not what its header says"
expect_empty_stdout
head -c 500 renamed.src.rpm >cut.src.rpm
expect 3 albs-fetch cut.src.rpm
expect_stderr "'cut.src.rpm' is not an RPM package, or it is damaged"
expect_empty_stdout
rpmbuild --quiet --rebuild --define "_topdir $work/rpm" --define "_dbpath $work/db" renamed.src.rpm >"$out" 2>"$err" ||
    fail "rpmbuild failed"
binary=$(find "$work/rpm/RPMS" -name '*.rpm')
expect 3 albs-fetch "$binary"
expect_stderr "it is a binary package, sample-1.0-1.noarch, and no source package"
expect_empty_stdout
expect_refusal 3 "source 'nothing.src.rpm': cannot open 'nothing.src.rpm': No such file or directory" \
    albs-fetch nothing.src.rpm
