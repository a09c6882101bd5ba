#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pipe.sh BUILD: what the pipe costs beside the compiler. GNU hello through the whole pipe, against the same source
# package through bare rpmbuild with the same macros, both cold, in one run. Aim: under 2 s more.
set -eu
build=$(cd "$1" && pwd)
source_tree=$(cd "$(dirname "$0")/.." && pwd)
PATH=$build/tools:$PATH
work=$(mktemp -d)
HOME=$work/home
GNUPGHOME=$work/gnupg
ALBS_WORKSPACE=$work/ws
XDG_STATE_HOME=$work/state
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export PATH HOME GNUPGHOME ALBS_WORKSPACE XDG_STATE_HOME LC_ALL=C
mkdir -m 700 "$HOME" "$GNUPGHOME"
trap 'gpgconf --kill all 2>/dev/null; chmod -R u+w "$work"; rm -rf "$work"' EXIT
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

sh "$source_tree/examples/upstream.sh" "$source_tree/build/upstream"
git init -q -b main "$work/hello"
cp "$source_tree"/examples/hello/* "$source_tree/build/upstream/hello-2.10.tar.gz" "$work/hello/"
rm "$work/hello/sources" # the tarball is in git here: no server in a benchmark of ours
git -C "$work/hello" add -A
git -C "$work/hello" -c user.name=bench -c user.email=bench@localhost commit -q -m hello
gpg --batch --quiet --passphrase '' --quick-generate-key bench@localhost rsa3072 sign never 2>/dev/null
key=$(gpg --batch --with-colons --list-secret-keys 2>/dev/null | awk -F: '$1 == "fpr" { print $10; exit }')
albs-notarize init --origin localhost/bench -q -o /dev/null

cd "$work"
started=$(milliseconds)
albs-fetch -q "file://$work/hello#main" | albs-notarize -q | albs-build -q >built.json
built=$(milliseconds)
albs-test -q built.json | albs-notarize -q | albs-sign -q --key "$key" | albs-notarize -q |
    albs-release -q --to "$work/repo" --key "$key" >released.json
albs-sbom -q released.json >sbom.json
ended=$(milliseconds)

srpm=$(jq -r '.tasks[0].srpm' released.json)
mkdir -p bare/SOURCES bare/SPECS
cp "$ALBS_WORKSPACE/store/sha256/$(echo "$srpm" | cut -c1-2)/$srpm" bare/hello.src.rpm
bare=$(milliseconds)
rpmbuild --rebuild --nodeps --define "_topdir $work/bare" --define '_buildshell /bin/bash' bare/hello.src.rpm \
    >bare/log 2>&1 ||
    { tail -5 bare/log >&2; exit 1; }
bare=$(($(milliseconds) - bare))

all=$((ended - started))
printf 'pipe: %d ms in all (%d to the built packages, %d after), bare rpmbuild %d ms: overhead %d ms, ratio %s\n' \
    "$all" $((built - started)) $((ended - built)) "$bare" $((all - bare)) \
        "$(awk "BEGIN { printf \"%.2f\", $all / $bare }")"
