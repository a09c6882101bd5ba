# SPDX-License-Identifier: GPL-3.0-or-later
# A build that forks without end, fills the disk or eats memory is ended by its limit, which the task names; what was in
# force was seen from inside. As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build_lib.sh"
. "$ALBS_SOURCE/tests/root_lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
build='sh -c "f() { f | f & }; f" ; sleep 3; for i in 1 2 3 4 5; do true | true || exit 7; done; exit 7' spec bomb
build='dd if=/dev/zero of=/var/tmp/big bs=1M count=300; dd if=/dev/zero of=/dev/shm/big bs=1M count=300; sleep 30' spec filler
build='awk "BEGIN { for (i = 0; ; ++i) a[i] = i \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" }"' spec eater
# limited NAME OPTION...: builds it, and it fails.
limited() {
    name=$1
    shift
    expect_from 1 "$name.json" albs-build --lock lock.json "$@"
    expect_json '.tasks[0].status' failed
}
for name in bomb filler eater; do
    source_package $name
    manifest_of $name >$name.json
done
by=$(awk -F: '$2 == "memory" || $1 == 0' /proc/self/cgroup | head -n 1)
limited filler --disk 100M
expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message) \(.isolation.limits.disk)"' 'disk the build wanted more than 100 MiB of disk 104857600'
limited bomb --processes 200 --timeout 60s
expect_json '.tasks[0].isolation.limits.processes | .most == 200'
if expect_json '.tasks[0].isolation.limits.processes.of == "job"' 2>/dev/null; then
    expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message)"' 'limit the build wanted more than 200 processes'
fi
limited eater --memory 200M --timeout 60s
expect_json '.tasks[0].isolation.limits.memory | .most == 209715200'
[ -n "$by" ] || skip 'there are no control groups'
if [ "$(jq -r '.tasks[0].isolation.limits.memory.of' "$out")" = job ]; then
    expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message)"' 'limit the build wanted more than 200 MiB of memory'
fi
[ -z "$(find /sys/fs/cgroup -name 'albs-[0-9]*' -newer lock.json 2>/dev/null)" ] || fail 'a control group is left'

make_plain_user
mkdir plain/ws
cp -r .albs/store .albs/dnf plain/ws
chown -R $plain_user plain
expect_from 1 bomb.json as_plain_user albs-build --workspace "$work/plain/ws" --lock "$work/lock.json" --processes 200 --timeout 60s
expect_json '.tasks[0].isolation.limits.processes | .most == 200'
expect_from 1 eater.json as_plain_user albs-build --workspace "$work/plain/ws" --lock "$work/lock.json" --memory 200M --timeout 60s
expect_json '.tasks[0].isolation.limits.memory | .most == 209715200'
