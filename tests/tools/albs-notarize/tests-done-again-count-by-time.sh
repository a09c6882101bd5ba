# SPDX-License-Identifier: GPL-3.0-or-later
# A test is done again and again. It is said anew when its result is another one than the log's last word and was found
# later; not when the result is the same, nor when an older manifest is recorded again. What was done last counts,
# whoever recorded it first.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo tested >tested
digest=$(sha256sum tested | cut -c1-64)
expect 0 albs-notarize files tested
# run NAME STATUS TIME: a manifest in which the test ended so, at that hour.
run() {
    jq -cn --arg digest "$digest" --arg status "$2" --arg time "2026-01-01T0$3:00:00Z" '{schema: "albs.manifest/1",
        tests: [{id: "t", artifact: $digest, task: "t", name: "install", status: $status,
            reason: (if $status == "pass" then null else "no" end), log: null, finished: $time}]}' >"$1"
}
# recorded COUNT MANIFEST: that many statements are new.
recorded() {
    expect_from 0 "$2" albs-notarize
    expect_stderr "recorded $1 statements"
}
# vouched ENTRY: the test vouches for the file, and that entry is named with the time when it was done.
vouched() {
    expect 0 albs-notarize verify --require test --ledger "$ALBS_LEDGER" --log-key "$key" tested
    expect_stdout "^  test log.example.org#$1 [0-9a-f]* 2026-01-01T0[0-9]:00:00Z\$"
}
refused() {
    expect 1 albs-notarize verify --require test --ledger "$ALBS_LEDGER" --log-key "$key" tested
    expect_stderr "no statement of the kind 'test' vouches for it"
}
run first.json pass 1
run second.json fail 2
run third.json pass 3
run fourth.json pass 4
recorded 1 first.json
cp "$out" first.n.json
vouched 1
recorded 0 third.json # the same, and nothing else was said
vouched 1
recorded 1 second.json
refused
recorded 0 second.json
recorded 0 first.json # of before the failure
recorded 0 first.n.json
refused
recorded 1 third.json
cp "$out" third.n.json
vouched 3
recorded 0 fourth.json
recorded 0 third.n.json
recorded 0 second.json
vouched 3
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"

# In one manifest, which knows of the failure and of the test that passed before and after it.
run fifth.json fail 5
run sixth.json pass 6
cat third.n.json fifth.json >both.json
recorded 1 both.json
cp "$out" both.n.json
refused
cat both.n.json sixth.json >all.json
recorded 1 all.json
cp "$out" all.n.json
vouched 5
recorded 0 all.n.json
expect 0 albs-notarize verify --log-key "$key" all.n.json

# Of two machines the one that recorded last was not the one that tested last.
run later.json fail 8
run earlier.json pass 7
recorded 1 later.json
recorded 0 earlier.json
refused
# A failure that a stopped clock puts before what passed was recorded behind it, and counts.
run last.json pass 9
expect_from 0 last.json albs-notarize -n
expect_stderr 'would record test'
recorded 1 last.json
vouched 7
run stopped.json fail 0
recorded 1 stopped.json
refused
jq -c '.tests[0].finished = "2026-01-01T10:00:00Z"' last.json >ten.json
recorded 1 ten.json
expect 0 albs-notarize verify --require test --ledger "$ALBS_LEDGER" --log-key "$key" tested
# What was not done again keeps its time, though it is told again with what was.
jq -c '.tests[0].finished = "2026-01-01T11:00:00Z" | .tests[0].status = "fail" | .tests[0].reason = "no"' ten.json >elsewhere.json
recorded 1 elsewhere.json
jq -c '.tests += [.tests[0] + {id: "r", name: "remove", finished: "2026-01-01T12:00:00Z"}]' ten.json >more.json
recorded 1 more.json
refused

# A key that may not speak of tests changes nothing of what others record. A policy names who may.
openssl ecparam -name prime256v1 -genkey -noout -out other.pem 2>/dev/null
chmod 600 other.pem
export XDG_STATE_HOME="$work/keys.state" ALBS_LEDGER="$work/keys"
expect 0 albs-notarize init --origin keys.example.org
own=$(jq -r '.statement_keys[0]' "$ALBS_LEDGER/log.json" | base64 -d | sha256sum | cut -c1-64)
foreign=$(openssl pkey -in other.pem -pubout -outform DER 2>/dev/null | sha256sum | cut -c1-64)
{ printf 'log %s\nquorum none\n' "$(cat "$ALBS_LEDGER/log.vkey")"
  printf '#albs: statement-key %s all\n#albs: statement-key %s build\n' "$own" "$foreign"; } >policy
expect 0 albs-notarize files tested
recorded 1 second.json # fails at 2
recorded 1 third.json  # passes at 3
expect_from 0 fifth.json albs-notarize --statement-key other.pem
jq -c '.tests[0].finished = "2026-01-01T06:00:00Z"' fifth.json >sixth.json
recorded 1 sixth.json
expect 1 albs-notarize verify --policy policy --require test --ledger "$ALBS_LEDGER" tested
expect_stderr "no statement of the kind 'test' vouches for it"
