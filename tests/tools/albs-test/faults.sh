# SPDX-License-Identifier: GPL-3.0-or-later
# Each kind of faulty package fails the test that is about it, with the cause in the reason; the others are not harmed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: sound
Version: 1
Release: 1
Summary: A sound package
License: MIT
BuildArch: noarch
%description
Sound.
%package -n badpost
Summary: Its scriptlet fails
%description -n badpost
rpm itself only warns about it.
%package -n badpre
Summary: Its first scriptlet fails
%description -n badpre
rpm does not install it.
%package -n badpreun
Summary: It does not want to go
%description -n badpreun
Stays.
%package -n lonely
Summary: It requires what nobody has
Requires: nobody-has-this >= 3
%description -n lonely
Lonely.
%package -n dependant
Summary: It requires the lonely one
Requires: lonely
%description -n dependant
Dependant.
%package -n litter
Summary: It leaves files behind
%description -n litter
Litter.
%package -n liar
Summary: A scriptlet changes its file
%description -n liar
Liar.
%package -n owner
Summary: Its file belongs to nobody known
%description -n owner
No user of that name.
%install
mkdir -p %{buildroot}/usr/share
for name in sound badpost badpre badpreun lonely dependant litter liar owner; do
    echo $name > %{buildroot}/usr/share/$name
done
%post -n badpost
echo "cannot find my database" >&2
exit 3
%pre -n badpre
exit 4
%preun -n badpreun
exit 5
%post -n litter
mkdir -p /usr/share/litter.d
touch /usr/share/litter.d/cache
%post -n liar
echo changed > /usr/share/liar
%files
/usr/share/sound
%files -n badpost
/usr/share/badpost
%files -n badpre
/usr/share/badpre
%files -n badpreun
/usr/share/badpreun
%files -n lonely
/usr/share/lonely
%files -n dependant
/usr/share/dependant
%files -n litter
/usr/share/litter
%files -n liar
/usr/share/liar
%files -n owner
%attr(0644, nosuchuser, root) /usr/share/owner
SPEC
built_manifest rpms/*.rpm >built.json

expect 1 albs-test built.json
expect_json '.stages[-1].verdict' no
for test in integrity installability conflicts install linkage reinstall remove; do
    expect_test pass $test sound
done
expect_test fail install badpost '^%post(badpost-1-1.noarch) scriptlet failed, exit status 3$'
log_of install badpost | grep -qx 'cannot find my database' || fail "the scriptlet's words are not in the log"
expect_test skip remove badpost '^not installed$'
expect_test fail install badpre '^%prein(badpre-1-1.noarch) scriptlet failed, exit status 4$'
expect_test pass install badpreun
expect_test fail reinstall badpreun 'scriptlet failed'
expect_test fail remove badpreun '^%preun(badpreun-1-1.noarch) scriptlet failed, exit status 5$'
expect_test fail installability lonely '^nothing provides nobody-has-this >= 3 needed by lonely-1-1.noarch$'
expect_test skip install lonely '^requirements are missing$'
expect_test fail installability dependant '^nothing provides nobody-has-this >= 3 needed by lonely-1-1.noarch$'
expect_test pass install litter
expect_test fail remove litter "^leaves '/usr/share/litter.d' behind (and 1 more)$"
expect_test fail install liar '^not as packaged: .* /usr/share/liar$'
expect_test fail install owner '^user nosuchuser does not exist - using root$'
expect_stderr 'badpost-1-1.noarch: .*install failed: %post'
