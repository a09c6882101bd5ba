# SPDX-License-Identifier: GPL-3.0-or-later
# A hostile spec sees no secret of this machine, no network and no way out; not by links that it leaves behind either.
# As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
. "$ALBS_SOURCE/tests/fixture/attack.sh"
make_attack
echo 'the secret' >"$HOME/secret"
chmod 644 "$HOME/secret"
build='for secret in /etc/shadow /etc/gshadow /etc/ssh /root /home '"$HOME/secret"' /etc/machine-id; do
    if ls "$secret" 2>/dev/null; then echo "SEEN $secret"; fi
done
test "$(ls /sys/class/net 2>/dev/null)" = "" || echo "SEEN network"
test "$(grep -c : /proc/net/dev)" = 1 || echo "SEEN interface"
if (exec 3<>/dev/tcp/127.0.0.1/22) 2>/dev/null; then echo "SEEN port"; fi
if touch /usr/bin/planted 2>/dev/null; then echo "SEEN writable"; fi
if env | grep ALBS_TEST_TOKEN; then echo "SEEN token"; fi
kill -0 -1 2>/dev/null; ls -d /proc/[0-9]* | wc -l
%{SOURCE1} build '"$outside_paths"'
%{__cc} %{optflags} %{build_ldflags} nosy.c -o nosy'
preamble='Source1: attack' spec nosy
source_package nosy
manifest_of nosy >nosy.json
ALBS_TEST_TOKEN=x expect_from 0 nosy.json ./attack with-key albs-build --output out
judge() {
    grep SEEN "$1/nosy-1.0-1.$(uname -m).log" | grep -v 'echo' && fail "the build saw what it must not"
    judge_attack "$1/nosy-1.0-1.$(uname -m).log"
    expect_json '.tasks[0].isolation | .read_only_proc and .machine_root == false and .nested_user_namespaces == false and .capabilities == false'
}
judge out

# Links in the places where packages are collected.
echo 'not a package' >"$HOME/outside.rpm"
check='ln -s '"$HOME"'/outside.rpm %{_topdir}/RPMS/outside.rpm; ln -s '"$HOME"' %{_topdir}/RPMS/home' spec linker
source_package linker
manifest_of linker >linker.json
expect_from 0 linker.json albs-build --output out2
[ ! -e out2/outside.rpm ] || fail "a link was followed"
expect_json '[.artifacts[].name] | index("outside.rpm")' null

# A package that is none of this build's.
check='mkdir -p %{_topdir}/RPMS/noarch; echo forged >%{_topdir}/RPMS/noarch/forged-1-1.noarch.rpm' spec forger
source_package forger
manifest_of forger >forger.json
expect_from 1 forger.json albs-build
expect_json '.tasks[0].reason.message' \
    "the build left 'forged-1-1.noarch.rpm', which is no package of forger-1.0-1.src.rpm"
expect_json '[.artifacts[] | select(.kind == "rpm")] | length' 0

plain_user
mkdir plain
cp -r .albs plain
[ -z "$as_user" ] || chown -R $plain_id:$plain_id plain
# shellcheck disable=SC2086 # words
ALBS_TEST_TOKEN=x expect_from 0 nosy.json $as_user env HOME="$work/plain" "$work/attack" with-key albs-build \
    --workspace "$work/plain/.albs" --output plain/out
judge plain/out
