# SPDX-License-Identifier: GPL-3.0-or-later
# A writer that was killed, and the next one killed while it recovers: what was published stays readable all the time, a
# revocation above all.
. "$ALBS_SOURCE/tests/lib.sh"
command -v strace >/dev/null || skip 'strace is not installed'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 7
expect 0 albs-notarize files files/0 files/1 files/2
cp "$out" m.json
expect 0 albs-notarize mark --reason backdoor "$(sha256sum files/0 | cut -c1-64)"
expect 0 albs-notarize files files/3
cp -a "$ALBS_LEDGER" good
cp -a "$XDG_STATE_HOME" good.state
killed_at() {
    strace -f -o trace -e trace="$1" -e inject="$1:signal=KILL:when=$2" albs-notarize -q files "$3" >/dev/null 2>&1
}
revoked() {
    XDG_STATE_HOME="$work/verifier" expect 1 albs-notarize verify --ledger "$ALBS_LEDGER" --log-key "$key" m.json
    expect_stdout '^revoked 0 '
    XDG_STATE_HOME="$work/verifier" expect 0 albs-notarize audit -n --log-key "$key" "$ALBS_LEDGER"
}
for call in ftruncate renameat2 write; do
    for when in 1 2 3 4 5; do
        rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME" verifier
        cp -a good "$ALBS_LEDGER"
        cp -a good.state "$XDG_STATE_HOME"
        killed_at renameat2 1 files/5 # after the commit, before it is published
        revoked
        killed_at $call $when files/6
        revoked
    done
done
expect 0 albs-notarize files files/5 files/6
revoked
