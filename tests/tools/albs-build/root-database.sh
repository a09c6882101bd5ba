# SPDX-License-Identifier: GPL-3.0-or-later
# The database of a root's packages is where the root's own rpm looks for it; where that rpm cannot read it, that is
# said.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# settings NAME MACRO: NAME.lock is of a root whose rpm has that macro, by a package of a repository of its own.
settings() {
    mkdir -p "$1/top" "$1/repository"
    cat >"$1.spec" <<END
Name: settings-of-rpm
Version: 1
Release: 1
Summary: Where the database is
License: MIT
BuildArch: noarch
%description
It says where.
%install
mkdir -p %{buildroot}/etc/rpm
echo '%%$2' >%{buildroot}/etc/rpm/macros.database
%files
/etc/rpm/macros.database
END
    rpmbuild -bb --quiet -D "_topdir $PWD/$1/top" -D "_rpmdir $PWD/$1/repository" "$1.spec" >"$work/.rpmbuild" 2>&1 ||
        fail "$(cat "$work/.rpmbuild")"
    createrepo_c -q "$1/repository"
    # shellcheck disable=SC2086
    expect 0 albs-build lock --repo "base=file://$distro/base" --repo "own=file://$PWD/$1/repository" $build_packages \
        settings-of-rpm -o "$1.lock"
}
preamble='BuildRequires: settings-of-rpm' build='rpm -q settings-of-rpm
%{__cc} %{optflags} %{build_ldflags} greet.c -o greet' spec greet
source_package greet
manifest_of greet >greet.json
settings moved '_dbpath /usr/lib/sysimage/rpm'
expect_from 0 greet.json albs-build --lock moved.lock --output out
grep -q '^settings-of-rpm-1-1.noarch' out/*.log || fail 'rpm in the root does not know what is installed'
root=.albs/roots/$(sha256sum <moved.lock | cut -d' ' -f1)/tree
[ -e "$root/usr/lib/sysimage/rpm/rpmdb.sqlite" ] && [ ! -e "$root/var/lib/rpm/rpmdb.sqlite" ] ||
    fail 'the database was not moved'
settings other '_dbpath /usr/bin/bash/rpm'
expect_from 5 greet.json albs-build --lock other.lock
expect_stderr "error: the root's own rpm sees 0 of [0-9]* packages that this machine's rpm installed"
expect_stderr 'hint: its %_dbpath has to be below /usr or /var'
expect_empty_stdout
[ ! -e ".albs/roots/$(sha256sum <other.lock | cut -d' ' -f1)" ] || fail 'the root is there'
