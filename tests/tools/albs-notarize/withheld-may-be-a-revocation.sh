# SPDX-License-Identifier: GPL-3.0-or-later
# A statement that the ledger of the workspace withholds may be a revocation. Every gate that asks the ledger says so
# and refuses, unless the manifest has that statement; verify is not status 0. The ledger may be at $ALBS_LEDGER.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
log="$ALBS_WORKSPACE/ledger"
lines="$log/attestations/000.intoto.jsonl"
jq -c '.tests = [] | .stages = [] | .signatures = [] | .releases = [] |
    .artifacts |= map(select(.unsigned == null)) |
    .notarizations |= map(select(.kind != "test" and .kind != "signature"))' signed.json >built.json
gates() { # STATUS WORDS: of each gate
    wanted_status=$1 words=$2
    rm -rf repo
    for gate in "albs-release plan --to repo --key $key" "albs-release --to repo --key $key"; do
        # shellcheck disable=SC2086 # the words of a command
        expect_from "$wanted_status" signed.json $gate
        [ -z "$words" ] || expect_stderr "$words"
    done
    expect_from "$wanted_status" built.json albs-sign --key "$key"
    [ -z "$words" ] || expect_stderr "not signed: .*$words"
    if [ -n "$words" ]; then
        expect_from 1 built.json albs-test
        expect_stderr "not tested: .*$words"
    else
        expect_from 0 built.json albs-test -n
        ! grep -q withheld "$err" || fail 'nothing is withheld'
    fi
}
gates 0 ''
cp "$lines" kept
# What the manifest has anyhow is known, whether the log shows it or not.
sed -i '1s/.*//' "$lines"
gates 0 ''
cp kept "$lines"
expect 0 albs-notarize -q mark --reason 'a stolen key' "$(jq -r '.sources[0].srpm' signed.json)"
gates 1 'a stolen key'
cp "$lines" marked
sed -i "$(sed -n 2p "$log/checkpoint")s/.*//" "$lines"
withheld='1 statements of the ledger .* are withheld: a revocation may be among them'
gates 1 "$withheld"
package=$(jq -r '[.artifacts[] | select(.kind == "rpm" and .unsigned == null)][0].sha256' signed.json)
cp "$ALBS_WORKSPACE/store/sha256/$(echo "$package" | cut -c1-2)/$package" package.rpm
expect 1 albs-notarize -q verify --log-key "$log/log.vkey" --ledger "$log" package.rpm
expect_stdout '^withheld 1 statements of the log$'
expect_stderr 'a revocation may be among them'
# The ledger of the workspace is elsewhere.
cp marked "$lines"
mv "$log" elsewhere
ALBS_LEDGER="$work/elsewhere"
export ALBS_LEDGER
gates 1 'a stolen key'
