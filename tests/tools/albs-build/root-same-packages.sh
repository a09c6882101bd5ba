# SPDX-License-Identifier: GPL-3.0-or-later
# One lock gives the same packages to the byte: in a new root and in one that is there, as root and as a plain user,
# without any network; and files of a root belong to whom they should.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
build='stat -c "%n %U:%G %a" /etc/passwd /usr/bin/gcc /builddir /tmp; id -un; rpm -q test-release; touch /usr/x 2>/dev/null && echo writable
%{__cc} %{optflags} %{build_ldflags} greet.c -o greet' install='install -D greet %{buildroot}%{_bindir}/greet
install -D -m 644 greet.c %{buildroot}%{_docdir}/greet/greet.c' files='%attr(2755,root,mail) %{_bindir}/greet' spec \
    greet
source_package greet
manifest_of greet >greet.json
digests() { jq -r '.artifacts[] | select(.kind == "rpm" or .kind == "srpm") | "\(.sha256) \(.name)"' "$1" | sort -u; }

expect_from 0 greet.json unshare --net albs-build -v --lock lock.json --output out
expect_stderr 'made the root'
expect_json '.tasks[0] | "\(.status) \(.backend) \(.network) \(.isolation.network) \(.isolation.user) \(.isolation.capabilities)"' 'ok chroot false false mockbuild false'
expect_json '.tasks[0].buildroot as $lock | [.artifacts[] | select(.sha256 == $lock).kind] | join(" ")' buildroot
log=out/greet-1.0-1.el9.$(uname -m).log
[ -e "$log" ] || log=out/greet-1.0-1.$(uname -m).log
for line in '^/etc/passwd root:root 644' '^/usr/bin/gcc root:root' '^/tmp root:root 1777' \
    '^/builddir mockbuild:mockbuild' '^mockbuild$' '^test-release-'; do
    grep -q "$line" "$log" || fail "the log has no '$line'"
done
if grep -q '^writable' "$log"; then fail 'the root can be written to'; fi
digests "$out" >first
[ "$(wc -l <first)" -ge 4 ] || fail 'there are too few packages'
cp "$out" built.json

rm -rf .albs/tasks
expect_from 0 greet.json unshare --net albs-build -v --lock lock.json
grep -q 'made the root' "$err" && fail 'the root was made again'
digests "$out" >second
same first second
expect_from 0 built.json unshare --net albs-build reproduce
expect_json '[.tasks[].packages[].verdict] | unique | join(" ")' identical

make_plain_user
cp -r .albs/store .albs/dnf plain
mkdir plain/ws
mv plain/store plain/dnf plain/ws
chown -R $plain_user plain
for run in cold cached; do
    rm -rf plain/ws/tasks
    expect_from 0 greet.json as_plain_user unshare --map-current-user --net true
    expect_from 0 greet.json as_plain_user albs-build --workspace "$work/plain/ws" --lock "$work/lock.json"
    expect_json '.tasks[0].isolation | .user_namespace and (.mapped_ids > 1)'
    digests "$out" >third
    cmp -s first third || fail "a plain user's packages differ ($run)"
done
[ -z "$(find plain/ws/builds -mindepth 1 ! -name lock)" ] || fail 'the build of a plain user left something behind'
