# SPDX-License-Identifier: GPL-3.0-or-later
# Of several changes of status the last counts, also when all are made in one second and say the same as one before.
# What is in force already is not said again: a mark that was cut short can be run again.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
make_files 1
expect 0 albs-notarize files files/0
digest=$(sha256sum files/0 | cut -c1-64)
state() {
    expect "$1" albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" files/0
    expect_stdout "^$2 files/0\$"
}
mark() { # ENTRY STATUS REASON
    expect 0 albs-notarize mark --status "$2" --reason "$3" "$digest"
    expect_stdout "^log.example.org#$1\$"
}
mark 1 revoked bad
state 1 revoked
mark 2 valid good
state 0 verified
mark 3 revoked bad
state 1 revoked
mark 3 revoked bad
mark 4 revoked worse
mark 5 valid good
mark 5 valid good
state 0 verified
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stdout 'entries=6 statements=6'
