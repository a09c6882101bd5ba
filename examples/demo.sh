#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# demo.sh [URL#REF]: the whole pipe in an empty workspace (./demo, or $ALBS_DEMO), with one line and the time of each
# stage, and then the proof of the result. Without an argument it serves examples/hello as a dist-git repository over
# HTTP on loopback, with its upstream release as the lookaside. LOOKASIDE in the environment names the lookaside of
# another repository (known for AlmaLinux, CentOS Stream and Fedora).
set -eu
distgit=${1:-}
source_tree=$(cd "$(dirname "$0")/.." && pwd)
: "${ALBS_BIN:=$source_tree/build/release/tools}"
PATH=$ALBS_BIN:$PATH
demo=${ALBS_DEMO:-$PWD/demo}
name='albs-tools demo'

# What an earlier demo left is removed only if it was a demo.
if [ -e "$demo" ] && [ ! -e "$demo/.albs-demo" ]; then
    echo "demo: '$demo' is there and is no earlier demo; set ALBS_DEMO to another directory" >&2
    exit 1
fi
rm -rf "$demo"
mkdir -p "$demo/home" "$demo/gnupg" "$demo/log"
: >"$demo/.albs-demo"
cd "$demo"
chmod 700 gnupg
export PATH HOME="$demo/home" GNUPGHOME="$demo/gnupg" ALBS_WORKSPACE="$demo/.albs" XDG_STATE_HOME="$demo/state" LC_ALL=C
# git without the machine's configuration and the caller's repository; gpg has a directory of its own.
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
unset ALBS_LEDGER ALBS_REMEMBER SOURCE_DATE_EPOCH GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS

at_exit=:
trap 'status=$?; set +e; eval "$at_exit"; gpgconf --kill all 2>/dev/null || :; exit $status' EXIT
trap 'exit 130' INT TERM

ALBS_SOURCE=$source_tree
# shellcheck source=tests/fixture/server.sh
. "$source_tree/tests/fixture/server.sh"

milliseconds() { echo $(($(date +%s%N) / 1000000)); }
stage=0
# step NAME COMMAND...: runs it, prints its time; what it wrote on stderr is in log/. Ends the demo if it fails.
step() {
    stage=$((stage + 1))
    label=$1
    shift
    log=log/$stage-$label
    started=$(milliseconds)
    if ! "$@" 2>"$log"; then
        cat "$log" >&2
        echo "demo: $label failed" >&2
        exit 1
    fi
    printf '%-13s %6d ms   ' "$label" $(($(milliseconds) - started))
}
quiet() { "$@" >"log/last" 2>&1 || { cat log/last >&2; return 1; }; }
# said FILTER FILE: the one line about a stage, from its manifest.
said() { jq -r "$1" "$2"; }

make_key() {
    quiet gpg --batch --passphrase '' --quick-generate-key "$name <demo@localhost>" rsa3072 sign never
    key=$(gpg --batch --with-colons --list-secret-keys 2>/dev/null | awk -F: '$1 == "fpr" { print $10; exit }')
}

serve_hello() {
    sh "$source_tree/examples/upstream.sh" "$source_tree/build/upstream"
    mkdir -p served/files served/git
    sum=$(sha512sum <"$source_tree/build/upstream/hello-2.10.tar.gz" | cut -d' ' -f1)
    cp "$source_tree/build/upstream/hello-2.10.tar.gz" "served/files/$sum"
    git init -q -b main checkout
    cp "$source_tree"/examples/hello/* checkout/
    git -C checkout add -A
    GIT_AUTHOR_DATE='2014-11-16T12:00:00Z' GIT_COMMITTER_DATE='2014-11-16T12:00:00Z' \
        git -C checkout -c user.name='albs-tools demo' -c user.email=demo@localhost commit -q -m \
            'Package GNU hello 2.10'
    git clone -q --bare checkout served/git/hello.git
    start_server served
    at_exit="stop_server; $at_exit"
    distgit=$git_url/hello.git#main
    LOOKASIDE=$files_url/'{hash}'
}

echo "workspace: $demo"
started_all=$(milliseconds)
step key make_key
echo "an OpenPGP key to sign with: $key"
if [ -z "$distgit" ]; then
    step serve serve_hello
    echo "GNU hello as dist-git: $distgit"
fi

# Where the dist-gits that people know keep their tarballs.
case ${LOOKASIDE:-$distgit} in
https://git.almalinux.org/*) LOOKASIDE='https://sources.almalinux.org/{hash}' ;;
https://gitlab.com/redhat/centos-stream/*)
    LOOKASIDE='https://sources.stream.centos.org/sources/rpms/{name}/{file}/{hashtype}/{hash}/{file}' ;;
https://src.fedoraproject.org/*)
    LOOKASIDE='https://src.fedoraproject.org/repo/pkgs/rpms/{name}/{file}/{hashtype}/{hash}/{file}' ;;
esac

step init albs-notarize init --origin "localhost/albs-demo" -o /dev/null
echo "a new ledger, its public key in .albs/ledger/log.vkey"

step fetch albs-fetch ${LOOKASIDE:+--lookaside "$LOOKASIDE"} -o 1-fetched.json "$distgit"
said '.sources[0] | "\(.name) at commit \(.commit[0:12]), \(.lookaside | length) lookaside file(s) checked, all files stored"' 1-fetched.json
step notarize albs-notarize -o 2-notarized.json 1-fetched.json
said '"\(.notarizations | length) record(s) of the source in the log"' 2-notarized.json
step build albs-build -o 3-built.json 2-notarized.json
said '.tasks[0] | "\(.id): \(.status), \(.artifacts | length) files, network \(.network), source verified \(.verified)"' 3-built.json
step test albs-test -o 4-tested.json 3-built.json
said '.tests | "\(map(select(.status == "pass")) | length) tests passed, \(map(select(.status == "fail")) | length) failed"' 4-tested.json
step notarize albs-notarize -o 5-notarized.json 4-tested.json
said '"\(.notarizations | length) records in the log"' 5-notarized.json
step sign albs-sign --key "$key" -o 6-signed.json 5-notarized.json
said '"\(.signatures | length) packages signed and verified"' 6-signed.json
step notarize albs-notarize -o 7-notarized.json 6-signed.json
said '"\(.notarizations | length) records in the log"' 7-notarized.json
step release albs-release --to "$demo/repo" --key "$key" -o 8-released.json 7-notarized.json
said '"\(.releases | length) repositories: \([.releases[].repository] | join(", "))"' 8-released.json
step notarize albs-notarize -o 9-notarized.json 8-released.json
said '"\(.notarizations | length) records in the log"' 9-notarized.json
step sbom albs-sbom --format cyclonedx -o sbom.cdx.json 9-notarized.json
said '"CycloneDX \(.specVersion), \(.components | length) components"' sbom.cdx.json
step sbom albs-sbom --format spdx -o sbom.spdx.json 9-notarized.json
said '"\(.spdxVersion), \(.packages | length) packages"' sbom.spdx.json
echo "the pipe took $(($(milliseconds) - started_all)) ms"

echo
echo "proving the result:"
. "$source_tree/examples/prove.sh"

echo
echo "repository: $demo/repo"
echo "SBOM:       $demo/sbom.cdx.json, $demo/sbom.spdx.json"
echo "manifest:   $demo/9-notarized.json"
