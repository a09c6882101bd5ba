# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# The parts of Go's checksum database (notes, tiles, proofs of records and trees) read our logs of many sizes, and
# refuse one with a flipped byte in any file that they read.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_program sumdb_reader
fill="$ALBS_BUILD/bench/bench-ledger"
[ -x "$fill" ] || skip 'bench-ledger is not built (ninja bench-ledger)'
for row in '1 1' '255 1' '256 2' '257 3' '300 3' '65537 259'; do
    size=${row% *}
    expect 0 "$fill" fill "$work/log" "$size"
    expect 0 "$tool_path" log log/log.vkey
    expect_stdout "^OK entries=$size tiles=${row#* } "
    [ "$size" = 300 ] && mv log kept
    rm -rf log log.heads
done

# flip FILE AT: the lowest bit of one byte.
flip() {
    python3 -c 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(int(sys.argv[2])); byte = file.read(1)[0]
    file.seek(int(sys.argv[2])); file.write(bytes([byte ^ 1]))' "$1" "$2"
}
for file in checkpoint tile/0/000 tile/0/001.p/44 tile/1/000.p/1 tile/entries/000 tile/entries/001.p/44; do
    size=$(wc -c <"kept/$file")
    for at in 0 $((size / 2)) $((size - 1)); do
        rm -rf bad
        cp -a kept bad
        flip "bad/$file" "$at"
        expect 1 "$tool_path" bad kept/log.vkey
        expect_stderr '^refused: '
    done
done

# Another log of the same name, and the logs of the other profiles as the tool makes them.
expect 0 "$fill" fill "$work/other" 300
expect 1 "$tool_path" kept other/log.vkey
expect_stderr '^refused: '
for profile in rekor sigsum raw; do
    origin='--origin log.example.org'
    [ $profile != sigsum ] || origin=
    export ALBS_REMEMBER="$work/$profile.heads" # one name, several logs
    # shellcheck disable=SC2086 # an option and its value, or neither
    expect 0 albs-notarize init $origin --profile $profile --ledger "$work/$profile"
    expect_from 0 "$ALBS_SOURCE/tests/data/ledger/manifest.json" albs-notarize --ledger "$work/$profile"
    expect 0 "$tool_path" $profile $profile/log.vkey
    expect_stdout '^OK entries=6 '
done
