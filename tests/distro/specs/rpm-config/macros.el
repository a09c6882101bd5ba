# SPDX-License-Identifier: GPL-3.0-or-later
# The macros that EL's spec files use beside rpm's own, over Debian's directories.

%ldconfig /sbin/ldconfig
%ldconfig_post(n:) %{nil}
%ldconfig_postun(n:) %{nil}
%ldconfig_scriptlets(n:) %{nil}

%__python3 /usr/bin/python3
%python3_pkgversion 3
%python3_version %(%{__python3} -c 'import sys; print("%d.%d" % sys.version_info[:2])')
%python3_version_nodots %(%{__python3} -c 'import sys; print("%d%d" % sys.version_info[:2])')
%python3_sitelib /usr/lib/python3/dist-packages
%python3_sitearch /usr/lib/python3/dist-packages
%py3_shebang_flags s
%py3_build() CFLAGS="${CFLAGS:-%{build_cflags}}" LDFLAGS="${LDFLAGS:-%{build_ldflags}}" %{__python3} setup.py build %{?*}
%py3_install() CFLAGS="${CFLAGS:-%{build_cflags}}" LDFLAGS="${LDFLAGS:-%{build_ldflags}}" %{__python3} setup.py install --install-layout deb -O1 --skip-build --root %{buildroot} %{?*}

%__perl /usr/bin/perl
%perl_vendorlib /usr/share/perl5
%perl_vendorarch %{_prefix}/lib/%{_target_cpu}-linux-gnu/perl5/5.36
%perl_privlib /usr/share/perl/5.36
%perl_archlib %{_prefix}/lib/%{_target_cpu}-linux-gnu/perl/5.36

%_unitdir %{_prefix}/lib/systemd/system
%_userunitdir %{_prefix}/lib/systemd/user
%_presetdir %{_prefix}/lib/systemd/system-preset
%_tmpfilesdir %{_prefix}/lib/tmpfiles.d
%_sysusersdir %{_prefix}/lib/sysusers.d
%_udevrulesdir %{_prefix}/lib/udev/rules.d
%systemd_requires %{nil}
%systemd_ordering %{nil}
%systemd_post() %{nil}
%systemd_preun() %{nil}
%systemd_postun() %{nil}
%systemd_postun_with_restart() %{nil}
