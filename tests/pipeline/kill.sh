# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 of each stage, at several moments, followed by a run that ends: the bytes are those of a run that nobody
# disturbed. Each stage starts from the same workspace; time stands still (SOURCE_DATE_EPOCH).
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/pipe.sh"
SOURCE_DATE_EPOCH=1704067200
export SOURCE_DATE_EPOCH
pipe_setup
# A log whose signatures are all Ed25519: what is signed again after a kill has the same bytes.
rm -rf ws state
albs-notarize init --profile sigsum -q -o /dev/null || fail 'no ledger'

# disturbed NAME INPUT COMMAND...: runs it undisturbed to NAME.json and keeps that workspace, then from the workspace of
# before with kills, and compares. The repository that albs-release writes is put back too.
disturbed() {
    name=$1
    input=$2
    shift 2
    rm -rf before after
    mkdir -p before after state
    cp -a ws state before
    expect_from 0 "$input" "$@"
    cp "$out" "$name.json"
    cp -a ws state after
    for delay in 0.005 0.02 0.05 0.1 0.2 0.4; do
        put_back before
        "$@" <"$input" >killed.json 2>/dev/null &
        victim=$!
        sleep "$delay"
        kill -9 "$victim" 2>/dev/null || :
        wait "$victim" 2>/dev/null || :
        # What a killed stage wrote is either nothing or everything.
        [ ! -s killed.json ] || same killed.json "$name.json"
        expect_from 0 "$input" "$@"
        same "$out" "$name.json"
    done
    put_back after
}
# The ledger remembers its newest head outside the workspace, so both go back together: a workspace alone would be a
# rollback, and refused.
put_back() {
    rm -rf ws state repo repo.*
    cp -a "$1/ws" "$1/state" .
}

disturbed fetch /dev/null albs-fetch "file://$work/distgit#main"
disturbed notarize-source fetch.json albs-notarize
disturbed build notarize-source.json albs-build
disturbed test build.json albs-test
disturbed notarize-build test.json albs-notarize
disturbed sign notarize-build.json albs-sign --key "$key"
disturbed notarize-signed sign.json albs-notarize
disturbed release notarize-signed.json albs-release --to "$work/repo" --key "$key"
expect 0 albs-notarize audit --log-key ws/ledger/log.vkey ws/ledger
