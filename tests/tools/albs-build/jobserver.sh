# SPDX-License-Identifier: GPL-3.0-or-later
# Under `make -j`, each build but the first takes one of the jobs that make allows, and gives the same back: when it ends,
# when it fails, and when the run is ended by a signal. Builds get nothing of make's.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
command -v python3 >/dev/null || skip 'no python3 to play make'
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES GNUMAKEFLAGS
ALBS_WORKSPACE=$work/.albs place=$work
export ALBS_WORKSPACE place
make --version 2>/dev/null | grep -q '^GNU Make' || skip 'make is not GNU make'

for name in one two three four five; do package $name; done
cat one.json two.json three.json four.json five.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
# A worker that notes when it begins and ends, and takes a while: so one sees how many there are at a time.
cat >noting.sh <<'END'
echo "$(date +%s%N) 1" >>"$place/noted"
[ ! -p /proc/$$/fd/61 ] && [ ! -p /proc/$$/fd/62 ] && [ -z "${MAKEFLAGS:-}" ] || echo it >>"$place/handed-on"
sleep "${takes:-2}"
status=0
"$@" || status=$?
echo "$(date +%s%N) -1" >>"$place/noted"
exit $status
END
at_most() { sort -n noted | awk '{ now += $2; if (now > most) most = now } END { print most + 0 }'; }
# seen WANTED: so many were built at a time.
seen() {
    [ "$(at_most)" = "$1" ] || fail "there were $(at_most) at a time, not $1"
    rm -rf noted .albs/tasks
}
# In a Makefile: $run is the command, the target hold has a job of make's for itself for three seconds.
run="albs-build -o built.json --runner 'sh $work/noting.sh' all.json"
cat >Makefile <<END
with:
	+$run
	@echo after
without:
	@$run
hold:
	@sleep 3
ended:
	+timeout -s \$(SIGNAL) 1 $run; echo ended with \$\$?
END
made() {
    expect "$1" make "$2" "$3" ${4:+"$4"} ${5:+"$5"}
    # What GNU make says at its end when bytes are missing, or there are more than it put in.
    ! grep -q 'INTERNAL' "$out" "$err" || fail 'jobs were lost, or came from nowhere'
    ! grep -q 'jobserver' "$err" || fail 'there is a warning'
}
made 0 -j3 with
seen 3
made 0 -j2 with
seen 2
# While another recipe of the same make has one of three jobs, there are two for builds.
takes=1 made 0 -j3 with hold
[ "$(sort -n noted | awk 'NR <= 3 { now += $2; if (now > most) most = now } END { print most }')" = 2 ] ||
    fail "not two at a time at first: $(cat noted)"
rm -rf noted .albs/tasks
# -j of its own is a limit too; without make's there is nothing to count.
sed -i 's/albs-build -o/albs-build -j 2 -o/' Makefile
made 0 -j4 with
seen 2
made 0 -s with
seen 2
# Ended by a signal: make goes on with all of its jobs.
sed -i 's/albs-build -j 2 -o/albs-build -o/' Makefile
for signal in TERM INT HUP; do
    takes=5 made 0 -j3 ended SIGNAL=$signal
    expect_stdout 'ended with 1[234]'
    rm -f noted
done
# A failure gives it back, too.
check=false spec two
source_package two
manifest_of two >two.json
cat one.json two.json three.json four.json five.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
takes=0 made 2 -j3 with
rm -rf noted .albs/tasks

# Where make hands nothing on there is a warning, and the run goes on as without make.
takes=0 expect 2 make -j3 without
if grep -q 'jobserver-auth=fifo' "$err"; then fail 'a line without +'; fi
case $(make --version | head -n 1) in
*\ 4.[0123] | *\ 4.[0123].*) expect_stderr "albs-build: warning: make's jobserver cannot be asked for jobs: its descriptors are not handed on" ;;
esac
rm -rf noted .albs/tasks
# warned WORDS FLAGS: the same for what is in MAKEFLAGS.
warned() {
    takes=0 expect 1 env MAKEFLAGS="$2" sh -c "$run" 5<one.json 6>written
    expect_stderr "warning: make's jobserver cannot be asked for jobs: $1"
    [ ! -s written ] || fail 'it wrote into a file that is no pipe'
    takes=0 expect 1 env MAKEFLAGS="$2" albs-build -j 2 all.json
    ! grep -q 'jobserver' "$err" || fail 'a warning with --jobs'
}
warned 'its descriptors are not handed on' ' -j3 --jobserver-auth=5,6'
warned 'its descriptors are not handed on' ' -j3 --jobserver-auth=1005,1006'
warned 'its descriptors are not handed on' ' -j3 --jobserver-auth=-2,-2'
warned 'its descriptors are not handed on' ' -j3 --jobserver-auth=x'
warned "'/nonexistent' is no pipe that make has open" ' -j3 --jobserver-auth=fifo:/nonexistent'
warned "'$work/one.json' is no pipe that make has open" " -j3 --jobserver-auth=fifo:$work/one.json"
mkfifo nobody
warned "'$work/nobody' is no pipe that make has open" " -j3 --jobserver-auth=fifo:$work/nobody"

# A make whose bytes are not all the same, by descriptors as make 4.3 and by name as make 4.4 does it. What is built, and
# where, has neither.
cat >play.py <<'END'
import os, subprocess, sys
form, given, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
if form == "fifo":
    os.mkfifo("jobs")
    read = write = os.open("jobs", os.O_RDWR)
    address = "fifo:" + os.path.abspath("jobs")
else:
    read, write = os.pipe()
    os.dup2(read, 61), os.dup2(write, 62)
    read, write = 61, 62
    address = "61,62"
os.write(write, given)
environment = dict(os.environ, MAKEFLAGS=f"k -j{len(given) + 1} --jobserver-auth={address} -- A=b")
status = subprocess.run(command, env=environment, pass_fds=() if form == "fifo" else (61, 62)).returncode
os.set_blocking(read, False)
left = b""
try:
    left = os.read(read, 100)
except BlockingIOError:
    pass
if form == "fifo":
    os.unlink("jobs")
if sorted(left) != sorted(given):
    sys.exit(f"{left} came back of {given}")
sys.exit(status if status >= 0 else 128 - status)
END
for name in one two three; do
    check='for fd in 3 4 5 6 7 8 9 61 62; do ! test -p /proc/self/fd/$fd || exit 1; done; test -z "$MAKEFLAGS"' spec $name
    source_package $name
    manifest_of $name >$name.json
done
cat one.json two.json three.json four.json five.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
for form in fifo pipe; do
    rm -rf .albs/tasks
    expect 0 python3 play.py $form abc albs-build all.json
    rm -rf .albs/tasks
    takes=1 expect 0 python3 play.py $form xyz sh -c "$run"
    seen 4
    takes=5 expect 124 python3 play.py $form abc timeout 1 sh -c "exec $run"
    rm -f noted
done
[ ! -e handed-on ] || fail 'commands of --runner get what is of make'
