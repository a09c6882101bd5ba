# SPDX-License-Identifier: GPL-3.0-or-later
# A build that forks without end, fills the disk or eats memory is ended by its limit, which the task names; what was in
# force was seen from inside. As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# shellcheck disable=SC2086
lock_of $build_packages >lock.json
# Forks as long as it can, and then some more. A shell would wait ever longer for its turn.
build='printf "#include <unistd.h>\nint main(void) { while (fork() > 0) { } for (int i = 0; i < 9; ++i) fork(); sleep(1); return 7; }" | gcc -x c -o bomb.bin - && ./bomb.bin' \
    spec bomb
# Only all three together are too much.
build='for path in /tmp /var/tmp /dev/shm; do stat -c "%n has mode %a" $path; dd if=/dev/zero of=$path/big bs=1M count=40; done; sleep 30' spec filler
build='awk "BEGIN { for (i = 0; ; ++i) a[i] = i \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" }"' spec eater
for name in bomb filler eater; do
    source_package $name
    manifest_of $name >$name.json
done
# limited NAME OPTION...: $limited builds it, and it fails.
limited() {
    name=$1
    shift
    # shellcheck disable=SC2086
    expect_from 1 "$name.json" $limited albs-build --lock lock.json --timeout 60s "$@"
    expect_json '.tasks[0].status' failed
    expect_json '.tasks[0].isolation.limits.oom_score_adj' 1000
}
# ended_by JSON WORDS: with a control group the task names the limit; else the build saw it, and failed of itself.
ended_by() {
    expect_json ".tasks[0].isolation.limits.$1"
    [ "$(jq -r ".tasks[0].isolation.limits.${1%% *}.of" "$out")" != job ] ||
        expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message)"' "$2"
    expect_json '.tasks[0].reason.kind != "timeout"'
}
limited=
limited filler --disk 100M
expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message) \(.isolation.limits.disk)"' \
    'disk the build wanted more than 100 MiB of disk 104857600'
[ "$(grep -c ' has mode 1777$' "$(object_of "$(jq -r '.tasks[0].log' "$out")")")" = 3 ] ||
    fail 'not everybody may write to /tmp, /var/tmp and /dev/shm'
limited bomb --processes 203
ended_by 'processes | .most == 203' 'limit the build wanted more than 203 processes'
limited eater --memory 201M
ended_by 'memory | .most == 210763776' 'memory the build wanted more than 201 MiB of memory'
# Other tests make groups, too, and kill tools that leave theirs. Only this one has these limits.
find /sys/fs/cgroup -path '*/albs-[0-9]*/*' \( -name pids.max -o -name memory.max -o -name memory.limit_in_bytes \) \
    -exec grep -lxE '203|210763776' {} + 2>/dev/null >left || :
[ ! -s left ] || fail "a control group is left: $(cat left)"

make_plain_user
mkdir plain/ws
cp -r .albs/store .albs/dnf plain/ws
chown -R $plain_user plain
limited="as_plain_user env ALBS_WORKSPACE=$work/plain/ws"
limited bomb --processes 203
ended_by 'processes | .most == 203' 'limit the build wanted more than 203 processes'
# Nobody who may not make control groups has a limit of memory unless asked for.
expect_json '.tasks[0].isolation.limits.memory | . == null or .of == "job"'
limited eater --memory 201M
ended_by 'memory | .most == 210763776' 'memory the build wanted more than 201 MiB of memory'
