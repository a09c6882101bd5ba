#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# With the backend mock, mock makes the source package of a tree (mock --buildsrpm), by a stand-in of mock; what is not of
# the tree is no source package of it. mock-itself.sh has mock.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
make_specs_sources "$work" sample
sed -i -e 's/^Summary:.*/Summary: By %{?made_by}%{!?made_by:this machine}/' -e 's/^Release:.*/Release: 1%{?dist}/' sample/SPECS/sample.spec
sed -i '/^Patch0:/i %{?chance:Source7: http://127.0.0.1:1/x.tar.gz}' sample/SPECS/sample.spec
commit_all sample 'Say who made it'
publish "$work" sample
expect 0 albs-fetch "file://$work/git/sample.git#c9" --lookaside "file://$work/files"
cp "$out" fetched.json
srpm() { albs-build srpm --platforms example.yaml --platform example-9 --backend mock "$@" fetched.json; }
expect 0 srpm --define 'dist .el9' --output packed
package=packed/sample-1.0-1.el9.src.rpm
[ "$(rpm -qp --nosignature --qf '%{SUMMARY}' "$package")" = 'By mock' ] || fail "made $(rpm -qp --nosignature --qf '%{SUMMARY}' "$package")"
expect_json '.tasks[0] | "\(.status) \(.backend) \(.srpm_buildroot)"' 'ok mock null'
case $(tr '\n' ' ' <called/words) in
*' --buildsrpm --spec '*/SPECS/sample.spec' --sources '*/SOURCES' --resultdir '*' --define dist .el9 '*) ;;
*) fail "mock was told $(cat called/words)" ;;
esac
config 'config_opts["dist"] == "el9" and config_opts["rpmbuild_networking"] is False'
# It is remembered for this configuration, and not for another.
rm called/words
expect 0 srpm --define 'dist .el9'
[ ! -e called/words ] || fail 'mock was run again'
sed -i 's/install bash example-release/install bash other-release/' example.yaml
expect 0 srpm --define 'dist .el9'
[ -e called/words ] || fail 'what another root made was taken'
# The whole build: mock makes it and rebuilds it, and that is one source package.
expect_from 0 fetched.json albs-build --platforms example.yaml --platform example-9 --backend mock --define 'dist .el9'
grep -qx -e --rebuild called/words || fail 'mock did not build it'
expect_json '[.artifacts[] | select(.kind == "srpm") | .rpm.release] | tojson' '["1.el9"]'
# One of others is not made by mock before mock makes it anew.
cp "$package" taken.src.rpm
expect 0 albs-fetch taken.src.rpm
cp "$out" taken.json
rm called/words
expect_from 0 taken.json albs-build srpm --platforms example.yaml --platform example-9 --backend mock
[ ! -e called/words ] || fail 'it was made again before mock makes it again'

failed() { # KIND WORDS, of what mock does on standard input
    cat >called/packs
    expect 1 srpm --define "chance $1.$2"
    expect_json '.tasks[0] | "\(.status) \(.reason.phase) \(.reason.kind)"' "failed srpm $1"
    jq -r '.tasks[0].reason.message' "$out" | grep -qe "$2" || fail "the reason is $(jq -r '.tasks[0].reason.message' "$out")"
}
failed spec 'Bad source' <<'SH'
printf 'error: Bad source: /builddir/x.tar.gz: No such file or directory\nChild return code was: 1\n' >"$result/build.log"
exit 10
SH
expect_json '.tasks[0].reason.log as $log | any(.artifacts[]; .sha256 == $log)'
failed spec 'left no source package' <<'SH'
exit 0
SH
failed timeout 'took longer' <<'SH'
exit 11
SH
# A file that no list has, and only the spec's URL.
failed spec 'the spec names it as http://127.0.0.1:1/x.tar.gz: list it with its digest' <<'SH'
printf 'error: Bad source: /builddir/build/SOURCES/x.tar.gz: No such file or directory\nChild return code was: 1\n' >"$result/build.log"
exit 10
SH
# Another file under a name of the tree, or one that is not in it.
failed spec 'fix.patch' <<'SH'
cp -r "$sources" "$result/s"
echo other >"$result/s/fix.patch"
rpmbuild -bs --nodeps -D "_topdir $result/top" -D "_sourcedir $result/s" -D "_srcrpmdir $result" "$spec" >"$result/build.log" 2>&1
SH
rm bin/mock
expect 5 srpm --define 'chance last'
expect_empty_stdout
expect_stderr "mock"
