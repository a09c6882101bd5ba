# SPDX-License-Identifier: GPL-3.0-or-later
# A hostile spec gets nowhere in a root of packages: no secrets, no network, no privilege, nothing outside its
# directory, nothing that outlives it. As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/attack.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
mkdir outside
chmod 777 outside
python3 -m http.server --bind 127.0.0.1 0 >port 2>&1 &
server=$!
defer "kill $server"
until port=$(sed -n 's/.*port \([0-9]*\) .*/\1/p' port) && [ -n "$port" ]; do sleep 0.1; done

make_attack
cat >attack.sh <<END
for path in /root/. /home/* $work $work/secret $HOME /var/lib/dpkg/status /etc/machine-id /etc/ssh /etc/resolv.conf /sys/class /work /dev/sda /dev/vda; do
    if ls "\$path" >/dev/null 2>&1; then echo "GOT \$path"; fi
done
env | grep ALBS_TEST_TOKEN && echo GOT token
grep -l ALBS_TEST_TOKEN /proc/[0-9]*/environ 2>/dev/null && echo GOT token of another
if (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null; then echo GOT port; fi
test "\$(grep -c : /proc/net/dev)" = 1 || echo GOT interface
for path in /x /usr/bin/x /etc/x /usr/bin/gcc /etc/passwd /root/x /var/lib/rpm/x /run/x /builddir/.rpmmacros $work/outside/x; do
    if echo x 2>/dev/null >>"\$path"; then echo "GOT write \$path"; fi
done
kill -9 1 2>/dev/null; test -d /proc/1 || echo GOT init
if unshare -Ur true 2>/dev/null && unshare -Urm mount -t tmpfs none /usr 2>/dev/null && echo x 2>/dev/null >/usr/x; then echo GOT usr; fi
ln -s $work/secret /builddir/build/RPMS/stolen.rpm; ln -s $work/outside /builddir/build/RPMS/noarch2
(setsid sh -c 'while :; do touch /tmp/alive; sleep 0.2; done' >/dev/null 2>&1 &) 
setsid sleep 4322 >/dev/null 2>&1 &
END
preamble='Source1: attack
Source2: attack.sh' prep='%setup -q -T -c
cp %{SOURCE0} %{SOURCE1} %{SOURCE2} .' build="./attack build $outside_paths
sh ./attack.sh
"'%{__cc} %{optflags} %{build_ldflags} evil.c -o evil' spec evil
source_package evil
manifest_of evil >evil.json

# judge LOG: nothing was got, and nothing is left.
judge() {
    grep -q '^+ sh ./attack.sh' "$1" || fail "the attack did not run: $(tail -n 3 "$1")"
    judge_attack "$1"
    no_daemon
    [ -z "$(ls -A outside)" ] || fail 'it wrote outside'
    expect_json '[.artifacts[].name | select(test("stolen"))] | length' 0
}
ALBS_TEST_TOKEN=x expect_from 0 evil.json watched albs-build --lock lock.json --output out
judge out/evil-1.0-1*.log

# One that kills rpmbuild above it gains nothing by that.
build='setsid sleep 4322 >/dev/null 2>&1 &
kill -9 $PPID; sleep 60' spec patricide
source_package patricide
manifest_of patricide >patricide.json
expect_from 1 patricide.json watched albs-build --lock lock.json
expect_json '.tasks[0] | "\(.status) \(.reason.kind)"' 'failed infrastructure'
no_daemon

make_plain_user
mkdir plain/ws
cp -r .albs/store .albs/dnf plain/ws
chown -R $plain_user plain
install -m 755 "$ALBS_SOURCE/tests/fixture/leavings.py" plain/watch
expect_from 0 evil.json as_plain_user env ALBS_TEST_TOKEN=x "$work/plain/watch" "$work/plain/left" 0 0 2 \
    albs-build --workspace "$work/plain/ws" --lock "$work/lock.json" --output "$work/plain/out"
cp plain/left .left
judge plain/out/evil-1.0-1*.log
