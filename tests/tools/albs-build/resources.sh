# SPDX-License-Identifier: GPL-3.0-or-later
# Tasks record what they used: time, processor time, memory, disk. What could not be measured is left out, and not 0.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
# No number of it is 0, and there are no others.
sound() {
    expect_json '.tasks[0].resources | to_entries | all(.value > 0) and
        all(.key | IN("elapsed_ms", "cpu_ms", "memory_peak", "process_peak", "disk_peak"))'
}
# A second of one processor, 200 MB of memory, 40 MiB on disk that are gone at the end.
build='dd if=/dev/zero of=big bs=1M count=40 2>/dev/null; sleep 1; rm big
awk "BEGIN { while (i < 30000000) ++i }"
head -c 200000000 /dev/zero | tail -c 200000000 | wc -c
%\{__cc\} %\{optflags\} hungry.c -o hungry' spec hungry
source_package hungry
manifest_of hungry >hungry.json
expect 0 albs-build hungry.json
sound
expect_json '.tasks[0].resources | .elapsed_ms >= 1000 and .elapsed_ms < 600000'
expect_json '.tasks[0].resources | .cpu_ms > 300 and .cpu_ms < 600000'
expect_json '.tasks[0].resources.disk_peak | . >= 41943040 and . < 400000000'
expect_json '.tasks[0].resources | [.memory_peak, .process_peak] | max >= 200000000'
cp "$out" built.json
# With a run before, all is as it was.
expect 0 albs-build hungry.json
same "$out" built.json
# Nothing of this is in what a notarization fixes, and two runs that differ in it are the same record.
jq -c '.tasks[0].resources |= (.cpu_ms += 5 | del(.process_peak)) | .stages = []' built.json >other.json
jq -c '.stages = []' built.json >first.json
cat first.json other.json | albs-build >"$out" 2>"$err" || fail 'they contradict each other'
expect_json '.tasks | length' 1

# Killed: the kernel does not know what its processes used, but the group does.
check='sleep 60' spec killed
source_package killed
manifest_of killed >killed.json
expect 1 albs-build --timeout 2s killed.json
sound
expect_json '.tasks[0] | .reason.kind == "timeout" and .resources.elapsed_ms >= 2000'
expect_json '.tasks[0].resources.process_peak == null'
# Nothing was run.
jq -c '.tasks = []' hungry.json >none.json
expect 0 albs-build srpm none.json
expect_json '.tasks[0].resources == null'
