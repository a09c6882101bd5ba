#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A spec runs code when it is read: it sees no home and no network, and cannot change what is packaged.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
start_server "$work" || exit 1
defer stop_server
echo secret >"$HOME/secret"
{
    echo "%global seen %(cat $HOME/secret /root/.ssh/* /etc/shadow 2>/dev/null; ls /sys/class/net 2>/dev/null | grep -v lo; touch /builddir/tree/fix.patch $work/escaped 2>&1 | grep -c touch)"
    cat sample/sample.spec
    echo '# seen: %{seen}'
} >new.spec
sed 's/^Summary:.*/Summary: seen=%{seen}./' new.spec >sample/sample.spec
commit_all sample "Look around"
publish "$work" sample
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url" --output out
[ ! -e "$work/escaped" ] || fail "a file was made outside"
expect 0 rpm -qp --qf '%{SUMMARY}\n' out/sample-1.0-1.src.rpm
expect_stdout '^seen=2\.$'
# Nor can it put another package in the place of the real one.
sed '1i %(cp /usr/bin/true /builddir/srpms/sample-1.0-1.src.rpm.extra; echo "%nil")' sample/sample.spec >more.spec
cp more.spec sample/sample.spec
commit_all sample "Add a file"
publish "$work" sample
expect 3 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"
expect_stderr "not exactly one file came of it"
expect_empty_stdout
