# SPDX-License-Identifier: GPL-3.0-or-later
# What everybody may write is no ledger and no memory: status 5, and nothing is recorded. An emptied memory is not the
# same as one that never saw the log, and a log whose history is gone is not consistent.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 3
expect 0 albs-notarize -q files files/0
cp "$out" 0.json
for name in log.json log.vkey checkpoint tile attestations; do
    mode=$(stat -c %a "$ALBS_LEDGER/$name")
    chmod o+w "$ALBS_LEDGER/$name"
    expect_refusal 5 "everybody may write to '$ALBS_LEDGER/$name'" albs-notarize -q files files/1
    chmod "$mode" "$ALBS_LEDGER/$name"
done
mkdir memory
chmod 777 memory
expect_refusal 5 "everybody may write to 'memory'" albs-notarize -q files --remember memory files/1
expect_refusal 5 "everybody may write to 'memory'" \
    albs-notarize -q verify --remember memory --log-key "$key" --ledger "$ALBS_LEDGER" files/0
expect_refusal 5 "everybody may write to 'memory'" \
    albs-notarize -q audit --remember memory --log-key "$key" "$ALBS_LEDGER"
chmod 1777 memory # as /tmp is
expect 0 albs-notarize -q verify --remember memory --log-key "$key" --ledger "$ALBS_LEDGER" files/0
(umask 0 && expect 0 albs-notarize -q verify --remember made --log-key "$key" --ledger "$ALBS_LEDGER" files/0)
[ "$(stat -c %a made)" = 755 ] || fail 'others may write to a new memory'

head=$(echo "$XDG_STATE_HOME"/albs/heads/????????????????????????????????????????????????????????????????)
[ -s "$head" ] || fail 'nothing is remembered'
cp "$head" kept
for emptied in '' '\000\000\000'; do
    # shellcheck disable=SC2059 # zeros
    printf "$emptied" >"$head"
    expect_refusal 5 "the remembered head '$head' is empty" \
        albs-notarize -q verify --log-key "$key" --ledger "$ALBS_LEDGER" files/0
    expect_stderr 'hint: if the power failed, .* then remove'
    expect_refusal 5 "the remembered head '$head' is empty" albs-notarize -q files files/1
    expect_refusal 5 "the remembered head '$head' is empty" albs-notarize -q audit --log-key "$key" "$ALBS_LEDGER"
done
cp kept "$head"
expect 0 albs-notarize -q files files/1

rm "$ALBS_LEDGER/.state/history"
expect_refusal 3 'is not whole: 1 of its files are missing' albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stderr 'missing .state/history: is not there'
expect 0 albs-notarize init -q --origin new.example.org --ledger new
expect 0 albs-notarize audit --log-key new/log.vkey new
