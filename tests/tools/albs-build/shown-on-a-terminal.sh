# SPDX-License-Identifier: GPL-3.0-or-later
# On a terminal, each task that runs has a line with its phase and its time, and the time left where packages of that
# name were built before; the terminal is left clean, also by INT. Elsewhere there is a message when each build begins.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
TERM=xterm
export TERM
# slow NAME SECONDS
slow() {
    check="sleep $2" spec "$1"
    source_package "$1"
    manifest_of "$1" >"$1.json"
}
# terminal STATUS SIGNAL COMMAND...: shown/ has what a terminal showed of it, $out its standard output.
terminal() {
    terminal_status=$1 terminal_signal=$2
    shift 2
    rm -rf shown
    expect "$terminal_status" python3 "$ALBS_SOURCE/tests/fixture/terminal.py" "${size:-24x120}" shown \
        "$terminal_signal" "$@"
    cp shown/last "$err"
}
screen_has() { grep -qe "$1" shown/screens || { cp shown/screens "$err"; fail "no screen has '$1'"; }; }
no_escapes() { ! LC_ALL=C grep -q "$(printf '[\033\r\b]')" "$1" || fail "control characters in $1"; }
# clean: what is drawn is gone, and the cursor is at the beginning of a line.
clean() {
    [ "$(tail -n 1 shown/last)" = 'column 0' ] || fail "the cursor is in $(tail -n 1 shown/last)"
    ! grep -q 'tasks done\|waiting: \|: [a-z]*, [0-9.]* s' shown/last || fail 'lines are left'
}
slow one 4
slow two 4
slow three 1
cat one.json two.json three.json >all.json

terminal 0 - albs-build -j 2 all.json
collect_manifest
# Two lines at a time, in the phase that rpmbuild is in.
awk -v RS='---\n' '/one@srpm-[^\n]*: check, [0-9]* s/ && /two@srpm-[^\n]*: check, [0-9]* s/ {found = 1}
    END {exit !found}' shown/screens || { cp shown/screens "$err"; fail 'there are no two lines at a time'; }
screen_has '^albs-build: 0 of 3 tasks done$'
screen_has '^albs-build: 2 of 3 tasks done, about [0-9]* s left$'
! grep -q '0/s' shown/screens || fail 'a rate of nothing'
clean
expect_stderr '^albs-build: one@srpm-.*: built 5 packages in [0-9.]* s$'
expect_stderr '^albs-build: 3 tasks in [0-9.]* s: 3 built, 0 reused, 0 failed, 0 skipped, 0 excluded$'
! grep -q ': building$' shown/last || fail 'a message for what is drawn'

# The time left is known from before, also of another version.
sed -i 's/^Release: 1/Release: 2/' one.spec two.spec
source_package one && manifest_of one >one.json
source_package two && manifest_of two >two.json
cat one.json two.json >all.json
terminal 130 'INT:one@srpm-|two@srpm-|: check, ' albs-build -j 2 all.json
screen_has '^one@srpm-[^ ]*: [a-z]*, [0-9]* s, about [0-9]* s left$'
screen_has '^albs-build: 0 of 2 tasks done, about [0-9]* s left$'
clean
[ ! -s "$out" ] || fail 'a manifest of a run that was interrupted'

# Neither too wide nor too high.
size=5x30 terminal 0 - albs-build -j 2 all.json
awk 'length > 30 {exit 1}' shown/screens || fail 'wider than the terminal'
clean
terminal 0 - albs-build -q all.json
[ ! -s shown/raw ] || fail "-q says something: $(cat shown/raw)"

# A message when it begins, where nothing can be drawn.
rm -rf .albs/tasks
TERM=dumb terminal 0 - albs-build -j 2 all.json
tr -d '\r' <shown/raw >plain
no_escapes plain
grep -q '^albs-build: one@srpm-.*/host/[^ ]*: building, which took [0-9.]* s the last time$' plain ||
    fail "$(cat plain)"
rm -rf .albs/tasks .albs/times
expect 0 albs-build -j 2 all.json
no_escapes "$err"
[ "$(grep -c ': building$' "$err") $(grep -c ': built 5 packages in [0-9.]* s$' "$err")" = '2 2' ] ||
    fail 'not two and two'
rm -rf .albs/tasks
expect 0 albs-build --log-format json -j 1 one.json
jq -es 'map(select(.level == "note" and (.message | startswith("building"))).package[0:4]) == ["one@"]' "$err" >/dev/null || fail 'no such object'
terminal 0 - albs-build --log-format json two.json
tr -d '\r' <shown/raw >plain
no_escapes plain
