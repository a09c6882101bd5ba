# SPDX-License-Identifier: GPL-3.0-or-later
# albs-build log --tail follows the log of a task that runs, to its end; the log is a file in WORKSPACE/builds.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
expect_refusal 2 "no task runs in the workspace '.albs'" albs-build log --tail
[ ! -e .albs ] || fail 'a workspace was made'
# Each says something, waits for its file, and says something else.
for name in slow slower; do
    install='set +x; echo early words; for i in $(seq 600); do if [ -e /builddir/go ]; then break; fi; sleep 0.1; done
echo late words
install -D '$name' %\{buildroot\}%\{_bindir\}/'$name'
install -D -m 644 '$name'.c %\{buildroot\}%\{_docdir\}/'$name'/'$name'.c' spec $name
    source_package $name
    manifest_of $name >$name.json
done
# wait_until COMMAND...
wait_until() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "waited in vain for: $*"
        sleep 0.1
    done
}
said() { [ "$(grep -c "^$1 words\$" "$2" 2>/dev/null)" = "${3:-1}" ]; }
log_of() { grep -l "^task $1@" .albs/builds/*.log; }
go() { for each in .albs/builds/albs-tmp-build-*/inside/builddir; do : >"$each/go"; done; }
albs-build -q slow.json >slow.out 2>slow.err &
build=$!
wait_until test -e .albs/builds/lock
wait_until albs-build log --tail -n slow 2>/dev/null
# The documented place.
file=$(ls .albs/builds/slow@srpm-*_host_*.log) || fail 'there is no such file'
wait_until said early "$file"
[ "$(log_of slow)" = "$file" ] || fail "its first line is $(head -n 1 "$file")"
albs-build log --tail slow >tail.out 2>tail.err &
tail=$!
albs-build log -f >other.out 2>other.err &
other=$!
wait_until said early tail.out
kill -0 $tail || fail 'it does not follow'
! said late tail.out || fail 'too early'
# Where two run, one has to be named; and what runs in none of them.
albs-build -q slower.json >slower.out 2>slower.err &
second=$!
wait_until albs-build log --tail -n slower 2>/dev/null
expect_refusal 2 "2 tasks run: 'slow" albs-build log --tail
expect_refusal 2 "no task 'sl' runs" albs-build log --tail sl
expect_stderr "hint: these run: 'slow.*', 'slow"
expect_refusal 2 '--tail follows one task' albs-build log --tail slow slower
expect_refusal 2 '--tail is for a task that runs' albs-build log --tail --failed slow
expect_refusal 2 '--tail writes to standard output' albs-build log --tail -o x slow
# Whoever reads no more ends it.
albs-build log --tail slower | head -n 1 >head.out
grep -q '^task slower@' head.out || fail "$(cat head.out)"
# INT ends the one who follows, and nothing else.
timeout -s INT 1 albs-build log --tail slower >"$out" 2>"$err"
[ $? = 124 ] || fail "status $? after INT"
wait_until said early "$(log_of slower)"
go
wait $build || fail "the build ended with $?: $(cat slow.err)"
wait $second || fail "the second build ended with $?: $(cat slower.err)"
wait $tail || fail "--tail ended with $?"
wait $other || fail "--tail without a name ended with $?"
[ ! -s tail.err ] || fail "$(cat tail.err)"
same tail.out other.out
# What was followed is the log that is kept, but for names of temporary files.
digest=$(jq -r '.tasks[0].log' slow.out)
hidden() {
    sed 's/rpm-tmp\.[A-Za-z0-9]*/rpm-tmp.X/; /^Wrote: /d; /^extracting debug info/d; s,/tmp/cc[A-Za-z0-9]*,/tmp/ccX,' "$1"
}
hidden ".albs/store/sha256/$(printf %.2s "$digest")/$digest" >kept
hidden tail.out >followed
same kept followed
said late tail.out || fail 'its end is missing'
[ "$(ls .albs/builds)" = lock ] || fail "left: $(ls .albs/builds)"

# A run that was killed leaves a log that is no running one, and the next run removes it.
rm -rf .albs/tasks
albs-build -q slow.json >"$out" 2>"$err" &
build=$!
wait_until albs-build log --tail -n slow 2>/dev/null
kill -KILL $build
wait $build
expect_refusal 2 "no task runs in the workspace" albs-build log --tail slow
[ -e "$file" ] || fail 'the log of a killed run is gone'
# Without a log.
jq -c '.tasks[0] |= (.log = null | .status = "skipped" | .reason =
    {phase: "setup", kind: "dependency", message: "it needs x", log: null, offset: null}) | .stages = []' slow.out >none.json
expect_refusal 3 "' has no log: skipped: it needs x" albs-build log --manifest none.json slow
expect 0 albs-build log --manifest none.json
expect_stderr "^albs-build: slow@.*: it has no log$"
