#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# URLs and refs with which git or ssh could be given orders are refused before anything runs.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
# What would show that a command ran.
mark=$work/ran
refused() {
    expect 2 albs-fetch "$@"
    expect_empty_stdout
    [ ! -e "$mark" ] || fail "a command ran"
    [ ! -e .albs ] || fail "a workspace was made"
}
refused "ext::sh -c 'touch $mark'"
expect_stderr "is not an http, https, ssh or file URL"
refused "fd::7"
refused "ext://sh%20-c%20touch"
refused "git://example.org/x.git"
expect_stderr "is not an http, https, ssh or file URL"
refused "--upload-pack=touch $mark"
refused "-u"
refused "ssh://-oProxyCommand=touch%20$mark/x"
expect_stderr "is not a URL that git may be given"
refused "ssh://a@-oProxyCommand=touch/x"
refused "https://"
refused "https://example.org/x.git#--upload-pack=touch"
expect_stderr "is not a branch, tag or commit name"
for ref in '' '-x' 'a..b' 'a b' 'a:b' 'refs/heads/../x' 'HEAD@{1}' 'a^' 'x.lock'; do
    refused "https://example.org/x.git#$ref"
    expect_stderr "is not a branch, tag or commit name"
done
refused "packager@example.org:which.git"
expect_stderr "hint: a git repository over ssh is ssh://USER@HOST/PATH#REF"
# In a list it is the list that is wrong.
printf '# sources\n\next::sh -c "touch %s"\n' "$mark" >list
expect 3 albs-fetch --from list
expect_stderr "'list', line 3: 'ext::sh"
expect_empty_stdout
[ ! -e "$mark" ] || fail "a command ran"
