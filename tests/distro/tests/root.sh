# SPDX-License-Identifier: GPL-3.0-or-later
# dnf makes a root of the distribution with every signature checked; what is in it is what the packages say, owners,
# modes, capabilities and the traces of scriptlets included.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distro.sh"
can_make_roots
test_distribution

root=$work/root
defer "remove_root '$root'"
expect 0 dnf_into "$root" install bash test-release test-daemon tool
[ "$(in_root rpm --root "$root" -qa | wc -l)" -gt 20 ] || fail 'no database of packages'
# The one file that is there to be written to.
in_root rpm --root "$root" -Va --nosignature 2>"$err" | grep -v ' /var/lib/test-daemon/scriptlets$' >"$out"
expect_empty_stdout
expect_no_stderr

says() { in_root chroot "$root" /bin/sh -c "$1" 2>&1; }
is() { [ "$(says "$1")" = "$2" ] || fail "'$1' says '$(says "$1")', not '$2'"; }
is 'stat -c "%U %G %a" /var/lib/test-daemon /etc/test-daemon/secret' 'testd testd 750
root testd 640'
is 'stat -c "%U %G %a" /usr/bin/chage /usr/bin/passwd /usr/libexec/test-daemon/setgid /etc/shadow' 'root shadow 2755
root root 4755
root testd 2755
root root 0'
is 'readlink /bin /lib64' 'usr/bin
usr/lib64'
is 'cat /var/lib/test-daemon/scriptlets | tr "\n" " "' 'post 1 triggerin tool 1 posttrans '
is 'tool' 1.0
says '/sbin/ldconfig -p' | grep -q libc.so.6 || fail "the file trigger of glibc did not run"
says 'test /usr/libexec/test-daemon/daemon -ef /usr/libexec/test-daemon/second-name' || fail 'no hard link'
in_root rpm --root "$root" -q libacl | grep -q 'el9\.2\.' || fail 'not the latest update'
dnf_into "$root" -C updateinfo list --all >"$out" 2>"$err" || fail 'updateinfo'
expect_stdout '^i TLSA-2024:0002 Moderate/Sec. .*libacl-.*el9\.2\.'
expect_stdout '^i TLEA-2024:0004 enhancement .*test-daemon'
