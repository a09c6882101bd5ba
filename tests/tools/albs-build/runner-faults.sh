# SPDX-License-Identifier: GPL-3.0-or-later
# --runner: whatever a worker does, nothing is lost, nothing is built twice, and nothing is believed that the store does
# not bear out. What no worker did is tried by another one, three times at most; what the package did is not.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
ALBS_WORKSPACE=$work/.albs
export ALBS_WORKSPACE
package hello

# worker.sh MARK FAULT COMMAND...: notes that it was asked, and does FAULT (a script) while the file MARK is there. "$@"
# is then the honest worker. What a worker says of its own goes to $work/said.
cat >worker.sh <<'END'
mark=$1 fault=$2
shift 2
echo asked >>"$place/asked"
if [ -e "$mark" ]; then eval "$fault"; fi
status=0
"$@" 2>"$place/one" || status=$?
cat "$place/one" >>"$place/said"
cat "$place/one" >&2
exit $status
END
place=$work
export place
always=$work asked_for=hello
# fresh: nothing is remembered.
fresh() { rm -rf .albs/tasks .albs/times; rm -f asked said; }
# with_fault STATUS TIMES MARK FAULT [OPTION]...: builds hello, and the worker is asked so many times.
with_fault() {
    fault_status=$1 times=$2 mark=$3 fault=$4
    shift 4
    printf '%s\n' "$fault" >fault
    expect_from "$fault_status" "$asked_for.json" albs-build --runner "sh $work/worker.sh '$mark' '. $work/fault'" "$@"
    [ "$(wc -l <asked)" = "$times" ] || fail "it was asked $(wc -l <asked) times, not $times"
}
# once FAULT WORDS [OPTION]...: one worker does that, the next one builds it.
once() {
    fresh
    touch once
    first=$1 words=$2
    shift 2
    with_fault 0 2 "$work/once" "rm $work/once; $first" "$@"
    expect_stderr "trouble of a worker, trying once more: $words"
    expect_json '.tasks | length == 1 and .[0].status == "ok"'
    [ "$(grep -c ': building' said)" = 1 ] || fail "it was built $(grep -c ': building' said) times"
}
# never FAULT WORDS: all workers do that; the next run builds it.
never() {
    fresh
    with_fault 1 3 "$always" "$1"
    expect_json '.tasks[0] | "\(.status) \(.reason.phase) \(.reason.kind)"' 'failed setup infrastructure'
    jq -r '.tasks[0].reason.message' "$out" | grep -q "^no worker built it: $2" ||
        fail "the reason is '$(jq -r '.tasks[0].reason.message' "$out")', not '$2'"
    cp "$out" lost.json
    with_fault 0 4 "$work/none" '' --retry
    expect_json '.tasks[0].status' ok
    expect_from 0 lost.json albs-build --retry
    expect_json '.tasks[-1].status' ok
}
# The honest one, to compare with: what a worker makes is what is made here.
fresh
expect_from 0 hello.json albs-build
cp "$out" local.json
fresh
with_fault 0 1 "$work/none" ''
told() { jq -S '.tasks[0] | del(.started, .finished, .resources)' "$1"; }
[ "$(told "$out")" = "$(told local.json)" ] || fail 'a worker makes something else'
[ "$(jq -c '[.artifacts[] | [.sha256, .name, .kind]]' "$out")" = "$(jq -c '[.artifacts[] | [.sha256, .name, .kind]]' local.json)" ] ||
    fail 'other artifacts'
# And again: it is remembered.
with_fault 0 1 "$work/none" ''

once 'kill -9 $$' 'the command ended with status 137'
once 'exit 0' 'the command ended with status 0 and without an answer'
once 'echo "srun: error: Node failure" >&2; exit 143' 'the command ended with status 143: srun: error: Node failure'
once 'cat >/dev/null; sleep 60' 'no answer within 10s of --runner-timeout' --runner-timeout 10s
once 'echo hello; exit 0' 'it is no manifest: '
once 'head -c 100 "$place/hello.json"; exit 0' 'it is no manifest: '
once 'cat; exit 0' 'it is not the answer of one run of albs-build' # the question itself
once 'cat "$place/local.json"; exit 0' 'it is the answer to another request'
# It was built, and then the connection broke: the next worker has the answer already.
fresh
touch once
with_fault 0 2 "$work/once" "rm $work/once; \"\$@\" 2>>$work/said | head -c 300; exit 1"
[ "$(grep -c ': building' said)" = 1 ] || fail "it was built $(grep -c ': building' said) times"
# One that is slow goes on while the next is asked: they do not build it both.
build='sleep 12; gcc -g slow.c -o slow' spec slow
source_package slow
manifest_of slow >slow.json
asked_for=slow
fresh
touch once
with_fault 0 2 "$work/once" "rm $work/once; cat >$work/request; setsid \"\$@\" <$work/request >$work/late 2>>$work/said & sleep 60" \
    --runner-timeout 10s
expect_stderr 'no answer within 10s of --runner-timeout'
[ "$(grep -c ': building' said)" = 1 ] || fail "it was built $(grep -c ': building' said) times"
# The run itself is killed, and run again: the worker that went on has the answer, and nothing is built twice.
command -v python3 >/dev/null || skip 'no python3 to end runs'
fresh
echo : >fault
slow_run() {
    python3 "$ALBS_SOURCE/tests/fixture/leavings.py" "$work/.left" "$1" 4 "$2" albs-build --runner "sh $work/worker.sh $work/none :" slow.json
}
(
    albs-build --runner "sh $work/worker.sh $work/none :" slow.json >killed.json 2>"$err" &
    sleep 4
    kill -9 $!
) 2>/dev/null
[ ! -s killed.json ] || fail 'a killed run wrote a manifest'
with_fault 0 2 "$work/none" ''
[ "$(grep -c ': building' said)" = 0 ] || fail 'it was built a second time'
# A signal ends the workers of this machine, too.
fresh
got=0
slow_run TERM 2 >"$out" 2>"$err" || got=$?
[ $got = 143 ] || fail "TERM gave status $got"
expect_empty_stdout
[ ! -s .left ] || fail "it left $(cat .left)"
asked_for=hello

# A worker whose machine has no room, and those that have another store.
if unshare -m true 2>/dev/null; then
    mkdir -p .albs/builds
    # shellcheck disable=SC2016 # for the shell in there
    never 'exec unshare -m sh -c '\''mount -t tmpfs -o size=64k none "$ALBS_WORKSPACE/builds" && exec "$@"'\'' -- "$@"' \
        'the command ended with status 5: .*No space left on device'
else
    echo 'no mounts here, so no full disk was tried'
fi
elsewhere="ALBS_WORKSPACE=$work/elsewhere; export ALBS_WORKSPACE"
never "$elsewhere" 'the command ended with status 3: .*the store has no object'
rm -rf elsewhere && mkdir elsewhere && cp -r .albs/store elsewhere/
for digest in $(jq -r '.artifacts[] | select(.kind == "rpm") | .sha256' local.json); do
    rm -f ".albs/store/sha256/$(printf %.2s "$digest")/$digest"
done
never "$elsewhere" 'what came of it is not in the store: the store has no object'

# A hostile one, which seals what it writes: nothing of that gets in.
command -v python3 >/dev/null || skip 'no python3 for a hostile worker'
export ALBS_SOURCE
# hostile WORDS CHANGE: the answer, with that change, is not believed.
# shellcheck disable=SC2016 # for the worker's shell
hostile() {
    printf '%s\n' "$2" >change
    once 'exec python3 "$ALBS_SOURCE/tests/fixture/hostile_worker.py" "$(cat "$place/change")" "$@" 2>>"$place/said"' "$1"
    [ "$(told "$out")" = "$(told local.json)" ] || fail 'it changed the task'
    [ "$(jq -c 'del(.tasks, .artifacts, .stages)' "$out")" = "$(jq -c 'del(.tasks, .artifacts, .stages)' hello.json)" ] ||
        fail 'it got other records in'
}
hostile 'it was written by albs-build 9.9, and this is albs-build ' 'answer["stages"][-1]["version"] = "9.9"'
hostile "it has a record of another task, 'other@1/host/x86_64'" \
    'answer["tasks"].append(dict(request["tasks"][0], id="other@1/host/x86_64"))'
hostile 'it does not say what became of the task' 'answer["tasks"].pop()'
hostile 'it is the answer to another request' 'answer["stages"][-1]["inputs"] = ["0" * 64]'
hostile 'it is of another task: task.verified is true, not false' 'task["verified"] = True'
hostile 'it is of another task: task.srpm is ' 'task["srpm"] = task["artifacts"][0]'
hostile 'it is of another task: task.network is true, not false' 'task["network"] = True'
hostile 'its status and its reason do not fit together' 'task["status"] = "failed"'
hostile 'its log ends before the cause that it names' \
    'task.update(status="failed", reason={"phase": "build", "kind": "compile", "message": "x", "log": None, "offset": 1 << 40})'
hostile 'what came of it is not in the store: the store has no object 0000' \
    'task["artifacts"][0] = "0" * 64; answer["artifacts"].append(dict(answer["artifacts"][-1], sha256="0" * 64, name="x.rpm"))'
hostile 'it names 0*0 and does not say what that is' 'task["artifacts"][0] = "0" * 64'
hostile 'it is no manifest: ' 'task["artifacts"][0] = "../../../etc/passwd"'
hostile 'it is no manifest: ' 'answer["artifacts"][-2]["name"] = "../../evil.rpm"'
hostile "the build left 'evil.rpm', which is no package of hello-1.0-1.src.rpm" \
    '[one.update(name="evil.rpm") for one in answer["artifacts"] if one["kind"] == "rpm"]'
hostile "the build left 'x.rpm', which is no package of hello-1.0-1.src.rpm" \
    'task["artifacts"][0] = task["buildroot"]; [one.update(name="x.rpm") for one in answer["artifacts"] if one["sha256"] == task["buildroot"]]'
# Packages of another source, which are in the store.
package second
expect_from 0 second.json albs-build
foreign=$(jq -c '[.artifacts[] | select(.kind == "rpm" and (.name | startswith("second-1")))][0]' "$out")
hostile "the build left 'second-1.0-1.$(uname -m).rpm', which is no package of hello-1.0-1.src.rpm" \
    "foreign = json.loads('$foreign'); answer['artifacts'].append(foreign); task['artifacts'].insert(0, foreign['sha256'])"

# What it may say is how its own task failed. Its clock decides nothing, and its words are shown as letters.
printf '%s\n' 'task.update(status="failed", finished="9999-01-01T00:00:00Z", reason={"phase": "build", "kind": "compile", "message": "\x1b[2Jgone\nalbs-build: error: x", "log": None, "offset": 1})' >change
fresh
# shellcheck disable=SC2016
with_fault 1 1 "$always" 'exec python3 "$ALBS_SOURCE/tests/fixture/hostile_worker.py" "$(cat "$place/change")" "$@"'
expect_json '.tasks[0] | "\(.reason.kind) \(.reason.message) \(.finished < "9999")"' 'compile \033[2Jgone\nalbs-build: error: x true'
[ "$(grep -c '^albs-build: error' "$err")" = 0 ] || fail 'it wrote a message'
