# SPDX-License-Identifier: GPL-3.0-or-later
# A ledger may be below a symbolic link; one that everybody may write to is refused, and so is a key that others may
# read.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 4
expect 0 albs-notarize files files/0
ln -s . link
expect 0 albs-notarize files --ledger "link/ledger" files/1
expect 0 albs-notarize audit --log-key "$key" link/ledger
size=$(sed -n 2p "$ALBS_LEDGER/checkpoint")
refused() {
    expect 5 albs-notarize files files/2
    expect_empty_stdout
    expect_stderr "$1"
    [ "$(sed -n 2p "$ALBS_LEDGER/checkpoint")" = "$size" ] || fail 'it was recorded'
}
chmod 0777 "$ALBS_LEDGER/.state"
refused "everybody may write to '$ALBS_LEDGER/.state'"
chmod 0700 "$ALBS_LEDGER/.state"
chmod 0777 "$ALBS_LEDGER"
refused "everybody may write to '$ALBS_LEDGER'"
chmod 0755 "$ALBS_LEDGER"
chmod 0640 "$ALBS_LEDGER/.state/log.key"
refused 'too open'
chmod 0600 "$ALBS_LEDGER/.state/log.key"
expect 0 albs-notarize files files/3
expect 5 albs-notarize files --ledger none files/3
