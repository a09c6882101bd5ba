# SPDX-License-Identifier: GPL-3.0-or-later
# A hostile scriptlet of a package that a root is made of gets no further than the root, which belongs to nobody of this
# machine. As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/attack.sh"
make_attack
build_packages <<SPEC
Name: evil
Version: 1
Release: 1
Summary: Its scriptlet wants out
License: MIT
AutoReq: no
Requires(post): bash coreutils
%description
Evil.
%install
install -D -m 0755 $work/attack %{buildroot}/usr/libexec/evil/attack
%post
/usr/libexec/evil/attack install $outside_paths >/attack.log 2>&1
cp /bin/sh /usr/libexec/evil/sh
chmod 6755 /usr/libexec/evil/sh
%files
/usr/libexec/evil
SPEC
mkdir downloaded
cp rpms/evil-1-1.*.rpm downloaded
# shellcheck disable=SC2086
lock_of $plain_packages >lock.json
empty_package quiet </dev/null

# judge WORKSPACE FIRST-ID: what came of it there.
judge() {
    expect_json '.tasks[0].status' ok
    root=$(echo "$1"/roots/*/tree)
    judge_attack "$root/attack.log"
    [ -u "$root/usr/libexec/evil/sh" ] || fail 'the scriptlet could not set a bit'
    [ "$(stat -c %a "${root%/tree}")" = 700 ] || fail 'others get to programs that run as this user'
    strange=$(find "$root" ! -uid "$2" ! -uid "+$3" -o -uid 0)
    [ -z "$strange" ] || fail "files belong to users of this machine: $(echo "$strange" | head -n 3)"
}
expect_from 0 quiet.json albs-build --lock lock.json
if [ "$(id -u)" = 0 ]; then
    first=$(stat -c %u .albs/roots/*/tree)
    judge .albs "$first" "$first"
    [ "$first" -gt 60000 ] || fail "root inside is $first outside"
else
    judge .albs "$(id -u)" 60000
fi
# A root that was made with other ids, as before there were any, is made again.
boot=$(echo .albs/roots/*/boot)
head -n 1 "$boot" >boot
cp boot "$boot"
in_root chown 0:0 .albs/roots/*/tree
expect_from 0 quiet.json albs-build -v --define 'word x' --lock lock.json
expect_stderr 'made the root'
expect_from 0 quiet.json albs-build -v --define 'word y' --lock lock.json
if grep -q 'made the root' "$err"; then fail 'a root was made that was there'; fi
[ "$(id -u)" != 0 ] || [ "$(stat -c %u .albs/roots/*/tree)" = "$first" ] || fail 'a root of other ids was used'

make_plain_user
mkdir plain/ws
cp -r .albs/store .albs/dnf plain/ws
chown -R $plain_user plain
expect_from 0 quiet.json as_plain_user albs-build --workspace "$work/plain/ws" --lock "$work/lock.json"
judge plain/ws $plain_user 199999
