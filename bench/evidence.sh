#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# evidence.sh BUILD: what it takes to ask the ledger about N recorded packages, and N that nobody recorded, and what
# twice as many take, in user and system seconds of all threads. Aim: at most 2.2 times. ALBS_BENCH_PACKAGES: "10000".
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"

count=${ALBS_BENCH_PACKAGES:-10000}
make_key bench ed25519
ALBS_WORKSPACE=$work/workspace
export ALBS_WORKSPACE
export ALBS_REMEMBER="$work/heads"
albs-notarize init -q --origin localhost/bench >/dev/null
mkdir -p "$ALBS_WORKSPACE/store"
log_key=$ALBS_WORKSPACE/ledger/log.vkey
# spend STATUS COMMAND...: sets seconds; its output is in ./told.
spend() {
    wanted=$1
    shift
    bash -c 'TIMEFORMAT="%U %S"; time "$@" >told 2>told.err' spend "$@" 2>times && got=0 || got=$?
    [ "$got" = "$wanted" ] || fail "$1 ended with $got: $(tail -n 3 told.err)"
    seconds=$(awk '{ print $1 + $2 }' times)
}
# make_manifests N: recorded-N.json, and both-N.json with as many that are not recorded.
make_manifests() {
    "$ALBS_SOURCE/bench/manifest.py" "$1" 0 >bare.json
    spend 0 albs-notarize -q -o "recorded-$1.json" bare.json
    "$ALBS_SOURCE/bench/manifest.py" "$1" 1000000 >unrecorded.json
    cat "recorded-$1.json" unrecorded.json >"both-$1.json"
}
# doubled NAME STATUS KIND COMMAND...: the last word of the command is the manifest KIND-N.json.
doubled() {
    name=$1 status=$2 kind=$3
    shift 3
    spend "$status" "$@" "$kind-$count.json"
    once=$seconds
    spend "$status" "$@" "$kind-$((2 * count)).json"
    awk -v name="$name" -v n="$count" -v a="$once" -v b="$seconds" 'BEGIN {
        printf "  %-28s %8.2f s %8.2f s %6.2f times %6.0f us a package\n", name, a, b, b / a, a / n * 1e6 }'
}
machine
make_manifests "$count"
make_manifests $((2 * count))
printf '%s and %s packages:\n' "$count" $((2 * count))
doubled 'notarize verify, recorded' 0 recorded albs-notarize verify -q --log-key "$log_key"
doubled 'notarize again, recorded' 0 recorded albs-notarize -q -n
doubled 'sign -n, N and N not' 1 both albs-sign -q -n --key "$key_fingerprint"
doubled 'release plan, N and N not' 1 both \
    albs-release plan -q --to nowhere --key "$key_fingerprint" --gnupghome "$key_home"
