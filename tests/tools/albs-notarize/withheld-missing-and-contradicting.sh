# SPDX-License-Identifier: GPL-3.0-or-later
# A log whose statements are withheld, one that lacks files and one that contradicts itself are three things: in the
# words and in the status.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 8
expect 0 albs-notarize files files/0 files/1 files/2 files/3 files/4 files/5 files/6 files/7
audit() {
    wanted=$1
    shift
    rm -rf copy
    cp -a "$ALBS_LEDGER" copy
    (cd copy && "$@") || fail 'the copy was not changed'
    expect "$wanted" albs-notarize audit -n --log-key "$key" copy
}
audit 0 true
expect_stdout '^consistent log.example.org entries=8 statements=8$'
# Statements may be taken away; then it is said how many.
audit 1 sed -i '3,7s/.*//' attestations/000.intoto.jsonl
expect_stdout '^withheld log.example.org entries=8 statements=3 withheld=5$'
expect 0 albs-notarize -q verify --log-key "$key" --ledger copy files/0
expect_stdout '^withheld 5 statements of the log$'
expect 1 albs-notarize -q verify --require-status --log-key "$key" --ledger copy files/0
for name in .state/signed .state/journal tile/0/000.p/8 tile/entries/000.p/8 log.vkey; do
    audit 3 rm $name
    expect_stderr "missing $name"
    [ ! -s "$out" ] || fail 'there is output'
done
audit 4 sh -c 'head -c 32 tile/0/000.p/8 | cat - tile/0/000.p/8 | head -c 256 >x && mv x tile/0/000.p/8'
expect_stderr 'inconsistenc'
# What is no file of a log is neither read for ever nor into memory.
audit 4 sh -c 'rm checkpoint && mkfifo checkpoint'
expect_stderr 'is no regular file'
audit 4 truncate -s 1000M tile/0/000.p/8
expect_stderr 'has 1048576000 bytes; a log has at most 8192 there'
