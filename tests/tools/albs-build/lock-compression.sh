# SPDX-License-Identifier: GPL-3.0-or-later
# Metadata is the same however it is compressed, and by whichever validator a server says that it did not change.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
serve_distribution
for kind in gz bz2 xz; do
    createrepo_c -q --revision 100 --general-compress-type=$kind --groupfile "$work/comps.xml" "$tree/base"
    ls "$tree"/base/repodata/*-primary.xml.$kind >/dev/null || fail "createrepo_c did not compress with $kind"
    # /usr/share/... is in the file lists only
    expect 0 albs-build lock --repo "base=$files_url/base" --workspace "$kind" app data @perls
    jq .packages "$out" >"$kind.json"
    same "$kind.json" gz.json
done
# zchunk is passed over where the plain files are, and named where they are not.
createrepo_c -q --revision 100 --zck --groupfile "$work/comps.xml" "$tree/base"
grep -q 'type="primary_zck"' "$tree/base/repodata/repomd.xml" || fail 'createrepo_c made no zchunk'
expect 0 albs-build lock --repo "base=$files_url/base" --workspace chunked app data @perls
jq .packages "$out" >chunked.json
same chunked.json gz.json
python3 - "$tree/base/repodata/repomd.xml" <<'END'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r'<data type="(primary|filelists|other)">.*?</data>', '', text, flags=re.S)
open(sys.argv[1], "w").write(text)
END
expect_refusal 3 "repository 'base': its metadata is there as zchunk only" \
    albs-build lock --repo "base=$files_url/base" --workspace only bash
sed -i 's/_zck"/"/' "$tree/base/repodata/repomd.xml"
expect_refusal 3 "repository 'base': its metadata is there as zchunk only" \
    albs-build lock --repo "base=$files_url/base" --workspace only bash
createrepo_c -q --revision 100 --general-compress-type=xz --groupfile "$work/comps.xml" "$tree/base"
# A server without ETags: the time is asked about, and nothing else is sent.
touch "$tree/base/repodata/repomd.xml.no-etag"
expect 0 albs-build lock --repo "base=$files_url/base" --workspace timed bash
for again in 1 2; do
    : >"$server_log"
    expect 0 albs-build lock --repo "base=$files_url/base" --workspace timed bash
    [ "$(cat "$server_log")" = 'GET /files/base/repodata/repomd.xml 304' ] ||
        fail "asked for ($again): $(cat "$server_log")"
done
# With a plain file beside: metadata that says it is compressed and is not.
primary=$(ls "$tree"/base/repodata/*-primary.xml.xz)
sum=$(sha256sum <"$primary" | cut -d' ' -f1)
echo nonsense >"$primary"
new=$(sha256sum <"$primary" | cut -d' ' -f1)
sed -i "s/$sum/$new/g" "$tree/base/repodata/repomd.xml"
mv "$primary" "$(dirname "$primary")/$new-primary.xml.xz"
expect 3 albs-build lock --repo "base=$files_url/base" --workspace broken bash
expect_empty_stdout
