# SPDX-License-Identifier: GPL-3.0-or-later
# A hostile scriptlet, and a hostile third-party test, get no further than the throw-away root. As root and as a plain
# user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/attack.sh"
make_attack
build_packages <<SPEC
Name: calm
Version: 1
Release: 1
Summary: It has tests
License: MIT
%description
Calm.
%package -n evil
Summary: Its scriptlet wants out
%description -n evil
Evil.
%install
mkdir -p %{buildroot}/usr/share/calm
install -D -m 0755 $work/attack %{buildroot}/usr/libexec/evil/attack
%post -n evil
exec 2>&1
/usr/libexec/evil/attack install $outside_paths
exit 1
%files
/usr/share/calm
%files -n evil
/usr/libexec/evil
SPEC
built_manifest rpms/*.rpm | jq -c '.tasks[0].source = "calm@0123456789ab"' >built.json
git init -q -b main tests
mkdir tests/calm
cp attack tests/calm/attack.data
cat >tests/calm/attack.sh <<END
cp attack.data /tmp/attack
chmod 755 /tmp/attack
/tmp/attack root $outside_paths
# A test may do to its root what it likes.
touch /usr/bin/mine && echo "its root is its own"
END
git -C tests add -A
git -C tests -c user.name=tester -c user.email=tester@example.org commit -qm tests

judge() {
    expect_test fail install evil 'scriptlet failed, exit status 1$'
    log_of install evil >install.log
    judge_attack install.log
    expect_test pass third-party/attack.sh calm
    log_of third-party/attack.sh calm >third-party.log
    judge_attack third-party.log
    grep -qx 'its root is its own' third-party.log || fail 'the test could not write to its root'
    [ ! -e /usr/bin/mine ] || fail 'it wrote to the machine'
}
expect 1 ./attack with-key albs-test --tests "file://$work/tests#main:{name}" built.json
judge

plain_user
mkdir plain
cp -r .albs/store plain
[ -z "$as_user" ] || chown -R $plain_id:$plain_id plain tests
export ALBS_WORKSPACE="$work/plain"
# shellcheck disable=SC2086 # words
expect 1 $as_user env HOME="$work/plain" "$work/attack" with-key albs-test --tests "file://$work/tests#main:{name}" \
    built.json
judge
