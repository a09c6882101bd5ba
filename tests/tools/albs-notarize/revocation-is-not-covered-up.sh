# SPDX-License-Identifier: GPL-3.0-or-later
# Who serves the statements cannot make a revocation pass for a statement about something else: a line that is not its
# leaf's is tamper (status 4) even where nobody asked for what it says, in each profile.
. "$ALBS_SOURCE/tests/lib.sh"
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
for profile in rekor sigsum raw; do
    [ $profile = sigsum ] && origin='' || origin='--origin log.example.org'
    ALBS_LEDGER="$work/$profile"
    export ALBS_LEDGER
    key="$ALBS_LEDGER/log.vkey"
    export XDG_STATE_HOME="$work/state-$profile" # one name, several logs
    # shellcheck disable=SC2086 # no origin is no word
    expect 0 albs-notarize init $origin --profile $profile
    expect_from 0 "$ALBS_SOURCE/tests/data/ledger/manifest.json" albs-notarize
    cp "$out" good.json
    expect 0 albs-notarize mark --reason 'built by a broken compiler' $digest
    expect 1 albs-notarize verify --require-status --log-key "$key" --ledger "$ALBS_LEDGER" good.json
    statements="$ALBS_LEDGER/attestations/000.intoto.jsonl"
    cp "$statements" kept
    for line in 6 4; do
        sed "${line}p;7d" kept >"$statements"
        expect 4 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" good.json
        expect_empty_stdout
        expect_stderr "'attestations/000.intoto.jsonl'"
        expect 4 albs-notarize show --ledger "$ALBS_LEDGER" --log-key "$key" $digest
        expect_empty_stdout
    done
    cp kept "$statements"
    expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" good.json
done
