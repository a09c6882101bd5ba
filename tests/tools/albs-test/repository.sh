# SPDX-License-Identifier: GPL-3.0-or-later
# --repo: requirements come from there, older versions are updated from, and its files must be what its metadata says.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
command -v createrepo_c >/dev/null || skip "there is no createrepo_c"

package() { # NAME VERSION [PREAMBLE [SCRIPTS]]
    build_packages <<SPEC
Name: $1
Version: $2
Release: 1
Summary: One of several
License: MIT
BuildArch: noarch
${3:-}
%description
One.
%install
mkdir -p %{buildroot}/usr/share/$1
echo $2 > %{buildroot}/usr/share/$1/version
echo $2 > %{buildroot}/usr/share/$1/only-$2
${4:-}
%files
/usr/share/$1
SPEC
}
package needed 7 'Requires: indirect'
package indirect 1
package fine 1
package spoilt 1 '' '%postun
echo "cannot stop the old one"
exit 9'
mkdir repository
mv rpms/*.rpm repository/
createrepo_c --quiet repository
package fine 2 'Requires: needed >= 7'
package spoilt 2
package new 2 'Requires: needed < 7'
built_manifest rpms/*.rpm >built.json

expect 1 albs-test built.json
expect_test fail installability fine '^nothing provides needed >= 7 needed by fine-2-1.noarch$'
[ -z "$(status_of upgrade spoilt)" ] || fail 'an upgrade without a repository'

expect 1 albs-test --repo repository built.json
expect_test pass installability fine
expect_test pass install fine
expect_test pass upgrade fine
expect_test fail upgrade spoilt '^from spoilt-1-1: %postun(spoilt-1-1.noarch) scriptlet failed, exit status 9$'
expect_test fail installability new 'needed < 7'
log_of upgrade spoilt | grep -qx 'cannot stop the old one' || fail "log: $(log_of upgrade spoilt)"
cp "$out" first.json
expect 1 albs-test --repo "file://$work/repository" built.json
expect_test pass upgrade fine
# Of new nothing is tried, whoever asked for that.
expect 1 albs-test --repo repository --skip /dev/stdin built.json <<'RULES'
# by a colleague
spo?lt  upgrade   known since 1
n*      *
RULES
expect_test skip upgrade spoilt '^known since 1$'
expect_test skip installability new '^skipped by request$'

printf x >>repository/needed-7-1.noarch.rpm
expect 4 albs-test --repo "$work/repository" built.json
expect_empty_stdout
expect_stderr "is not what its repository says"
primary=$(ls repository/repodata/*-primary.xml.gz)
printf x >>"$primary"
expect 4 albs-test --repo repository built.json
expect_empty_stdout
expect_stderr "is not what repomd.xml says"
expect 3 albs-test --repo nowhere built.json
expect_empty_stdout
expect_stderr "albs-test: error: '$work/nowhere' is no repository"
expect 2 albs-test --repo ftp://example.org/ built.json
expect_empty_stdout
