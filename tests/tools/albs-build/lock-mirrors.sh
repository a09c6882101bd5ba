# SPDX-License-Identifier: GPL-3.0-or-later
# Mirrors: one that is down, behind, or lies is passed over for the next, by mirrorlist and by metalink.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
serve_distribution
cp -r "$tree/base" "$tree/behind"
files && package newcomer 1 1 && cp "$rpms"/newcomer-1-1.noarch.rpm "$tree/base"
createrepo_c -q --revision 200 "$tree/base"
cp -r "$tree/base" "$tree/liar"
for file in "$tree"/liar/*.rpm "$tree"/liar/repodata/*primary*; do echo >>"$file"; done

{
    echo '# a comment'
    echo 'rsync://mirror.example/base'
    echo "$files_url/gone"
    echo "$files_url/liar/"
    echo "$files_url/base/"
} >"$tree/list"
printf '[base]\nmirrorlist=%s/list\n' "$files_url" >list.repo
expect 0 albs-build lock --repo list.repo newcomer
expect_stderr "/gone': cannot get .*404"
expect_stderr "/liar/repodata/.*-primary.xml.gz' is not what its digest says"
nevras "$out" | grep -qx newcomer-1-1.noarch || fail 'no newcomer'

# What was seen is not taken back by a mirror that is behind.
{ echo "$files_url/behind"; echo "$files_url/base"; } >"$tree/list"
expect 0 albs-build lock --repo list.repo newcomer
expect_stderr "/behind': it is behind: its revision is 100, and 200 was seen"
# A package that one mirror lacks or has wrong comes from another.
rm -rf .albs/dnf
{ echo "$files_url/base"; echo "$files_url/liar"; echo "$files_url/behind"; } >"$tree/list"
rm "$tree/base/bash-5-2.noarch.rpm"
expect 0 albs-build lock --repo list.repo bash
grep -q 'GET /files/liar/bash-5-2.noarch.rpm 200' "$server_log" || fail 'the liar was not asked'

# A metalink: the newest repomd.xml by its digest, an older one only if no mirror has that.
metalink() {
    cat <<END
<?xml version="1.0" encoding="utf-8"?>
<metalink version="3.0" xmlns="http://www.metalinker.org/"
 xmlns:mm0="http://fedorahosted.org/mirrormanager"><files><file name="repomd.xml">
<mm0:timestamp>1</mm0:timestamp><size>1</size><verification><hash type="sha256">$1</hash></verification>
<mm0:alternates><mm0:alternate><verification><hash type="sha256">$2</hash></verification></mm0:alternate></mm0:alternates>
<resources maxconnections="1"><url protocol="http" preference="9">$files_url/base/repodata/repomd.xml</url>
<url protocol="http" preference="100">$files_url/behind/repodata/repomd.xml</url></resources></file></files></metalink>
END
}
sum() { sha256sum <"$tree/$1/repodata/repomd.xml" | cut -d' ' -f1; }
metalink "$(sum base)" "$(sum behind)" >"$tree/link"
printf '[linked]\nmetalink=%s/link\n' "$files_url" >link.repo
expect 0 albs-build lock --repo link.repo newcomer
expect_stderr "/behind': it is behind: the metalink knows a newer repomd.xml"
printf '0%.0s' $(seq 64) >zeros
metalink "$(cat zeros)" "$(sum behind)" >"$tree/link"
expect 0 albs-build lock --repo link.repo --workspace other lib
expect_json '.repositories[0].revision' 100
metalink "$(cat zeros)" "$(cat zeros)" >"$tree/link"
expect 4 albs-build lock --repo link.repo --workspace third lib
expect_stderr 'is not what the metalink says'
expect_empty_stdout
# Nobody answers: try again later.
printf '[base]\nbaseurl=%s/gone\n' "$files_url" >gone.repo
expect 3 albs-build lock --repo gone.repo lib
expect_stderr '404'
