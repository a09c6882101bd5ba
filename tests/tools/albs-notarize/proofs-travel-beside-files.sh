# SPDX-License-Identifier: GPL-3.0-or-later
# files, export, verify: each profile; and a changed file is a contradiction, not an absence.
. "$ALBS_SOURCE/tests/lib.sh"
echo hello >image.iso
for profile in rekor sigsum raw; do
    [ $profile = sigsum ] && origin='' || origin='--origin log.example.org'
    export XDG_STATE_HOME="$work/state-$profile" # one name, several logs
    # shellcheck disable=SC2086 # no origin is no word
    expect 0 albs-notarize init $origin --profile $profile --ledger "$work/$profile"
    key="$work/$profile/log.vkey"
    expect 0 albs-notarize files --ledger "$work/$profile" image.iso
    cp "$out" image.json
    expect 0 albs-notarize verify --log-key "$key" image.json
    expect_stdout '^verified image.iso '
    jq -c '.stages = [] | .notarizations = []' image.json >unrecorded.json
    expect 1 albs-notarize verify --log-key "$key" unrecorded.json
    expect_stdout '^absent image.iso '
    expect 0 albs-notarize verify --log-key "$key" image.json image.iso
    expect_stdout '^verified image.iso$'
    expect_from 0 image.json albs-notarize export --log-key "$key" "out-$profile"
    expect_stdout '^image.iso.tlog-proof$'
    cp image.iso "out-$profile"
    expect 0 albs-notarize verify --log-key "$key" "out-$profile/image.iso"
    expect_stdout "^verified out-$profile/image.iso$"
    echo changed >"out-$profile/image.iso"
    expect 4 albs-notarize verify --log-key "$key" "out-$profile/image.iso"
    expect_empty_stdout
    expect_stderr 'is about another file'
done
# One file for a whole repository.
export XDG_STATE_HOME="$work/state-rekor"
albs-notarize --ledger "$work/rekor" <"$ALBS_SOURCE/tests/data/ledger/manifest.json" >m.json 2>"$err" ||
    fail 'not recorded'
expect_from 0 m.json albs-notarize export --log-key "$work/rekor/log.vkey" --repodata notarizations.json out-all
expect_stdout '^p1-1-1.x86_64.rpm.sigstore.json$'
expect_stdout '^statement.pub$'
expect 0 albs-notarize verify --log-key "$work/rekor/log.vkey" notarizations.json
[ -s out-rekor/image.iso.sigstore.json ] || fail 'no bundle'
[ -s out-sigsum/image.iso.sigsum ] || fail 'no Sigsum proof'
export XDG_STATE_HOME="$work/state-raw"
expect 1 albs-notarize verify --log-key "$work/raw/log.vkey" image.json "$ALBS_SOURCE/CMakeLists.txt"
expect_stdout '^absent '
