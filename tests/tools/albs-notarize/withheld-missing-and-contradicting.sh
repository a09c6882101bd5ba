# SPDX-License-Identifier: GPL-3.0-or-later
# A log whose statements are withheld, one that lacks files and one that contradicts itself are three things: in the
# words and in the status.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 8
expect 0 albs-notarize files files/0 files/1 files/2 files/3 files/4 files/5 files/6 files/7
cp "$key" log.vkey
audit() {
    wanted=$1
    shift
    rm -rf copy
    cp -a "$ALBS_LEDGER" copy
    (cd copy && "$@") || fail 'the copy was not changed'
    expect "$wanted" timeout 60 albs-notarize audit -n --log-key log.vkey copy
}
audit 0 true
expect_stdout '^consistent log.example.org entries=8 statements=8$'
# Statements may be taken away; then it is said how many.
audit 1 sed -i '3,7s/.*//' attestations/000.intoto.jsonl
expect_stdout '^withheld log.example.org entries=8 statements=3 withheld=5$'
expect 1 albs-notarize -q verify --log-key "$key" --ledger copy files/0
expect_stdout '^withheld 5 statements of the log$'
expect 1 albs-notarize -q verify --require-status --log-key "$key" --ledger copy files/0
for name in .state/signed .state/journal .state/history tile/0/000.p/8 tile/entries/000.p/8 log.vkey; do
    audit 3 rm $name
    expect_stderr "missing $name"
    [ ! -s "$out" ] || fail 'there is output'
done
audit 4 sh -c 'head -c 32 tile/0/000.p/8 | cat - tile/0/000.p/8 | head -c 256 >x && mv x tile/0/000.p/8'
expect_stderr 'inconsistenc'
# What is no file of a log is neither read for ever nor into memory.
audit 4 sh -c 'rm checkpoint && mkfifo checkpoint'
expect_stderr 'is no regular file'
for file in log.json log.vkey tile/0/000.p/8 tile/entries/000.p/8 attestations/000.intoto.jsonl .state/journal \
    .state/history .state/signed; do
    audit 4 sh -c "rm $file && mkfifo $file"
    expect_stderr "$file.* is no regular file"
    audit 4 sh -c "mv $file other && ln -s \"\$PWD/other\" $file"
    expect_stderr "$file.* is no regular file\|$file.*Too many levels"
done
if mknod device c 1 5 2>/dev/null; then # /dev/zero: it has no end
    for file in checkpoint tile/0/000.p/8 tile/entries/000.p/8 attestations/000.intoto.jsonl .state/journal; do
        audit 4 sh -c "rm $file && mknod $file c 1 5"
        expect_stderr "$file.* is no regular file"
    done
else
    echo 'note: not tried with devices, which only root can make'
fi
audit 4 truncate -s 1000M tile/0/000.p/8
expect_stderr 'has 1048576000 bytes; a log has at most 8192 there'
audit 4 truncate -s 1000M tile/entries/000.p/8
expect_stderr 'has 1048576000 bytes; a log has at most 16777472 there'
audit 4 truncate -s 1000M attestations/000.intoto.jsonl
expect_stderr 'has 1048576000 bytes; a log has at most 67108864 there'
audit 4 truncate -s 1000M checkpoint
expect_stderr 'has 1048576000 bytes; a log has at most 1048576 there'
# Nor does a writer wait for a FIFO.
for file in log.json checkpoint .state/journal .state/history .state/signed; do
    mv "$ALBS_LEDGER/$file" kept
    mkfifo "$ALBS_LEDGER/$file"
    expect 4 timeout 20 albs-notarize files files/0
    expect_empty_stdout
    expect_stderr "$file.* is no regular file"
    rm "$ALBS_LEDGER/$file"
    mv kept "$ALBS_LEDGER/$file"
done
expect 0 albs-notarize files files/0
