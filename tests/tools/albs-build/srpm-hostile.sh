# SPDX-License-Identifier: GPL-3.0-or-later
# A spec runs code when it is read: it sees no home and no network, and cannot change what is packaged.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
echo secret >"$HOME/secret"
srpm() {
    albs-fetch -q sample --lookaside "file://$work/files" -o m.json || fail 'not fetched'
    expect "$1" albs-build srpm m.json --output out
}
{
    echo "%global seen %(cat $HOME/secret /root/.ssh/* /etc/shadow 2>/dev/null; ls /sys/class/net 2>/dev/null | grep -v lo; touch /builddir/tree/fix.patch $work/escaped 2>&1 | grep -c touch)"
    cat sample/sample.spec
    echo '# seen: %{seen}'
} >new.spec
cp sample/sample.spec plain.spec
sed 's/^Summary:.*/Summary: seen=%{seen}./' new.spec >sample/sample.spec
srpm 0
[ ! -e "$work/escaped" ] || fail "a file was made outside"
expect 0 rpm -qp --qf '%{SUMMARY}\n' out/sample-1.0-1.src.rpm
expect_stdout '^seen=2\.$'
# Nor can it put another package beside the real one.
{ echo '%(mkdir -p /builddir/build/SRPMS; cp /usr/bin/true /builddir/build/SRPMS/sample-1.0-1.src.rpm.extra; echo "%nil")'
    cat plain.spec; } >sample/sample.spec
srpm 1
expect_json '.tasks[0].reason | .phase + " " + .kind + ": " + .message' 'srpm spec: not exactly one file came of it'
