#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# verify.sh BUILD: what it takes to verify many files of 4 kB, from a manifest and as a repository with its proofs in
# repodata, in user and system seconds of all threads; beside it sha256sum of the same files, and the P-256 signatures
# alone at the rate of openssl speed, which no verifier gets below. ALBS_BENCH_FILES: "3000 30000".
set -eu
build=$1
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/albs-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
export XDG_STATE_HOME="$dir/state" ALBS_WORKSPACE="$dir/workspace"
notarize=$build/tools/albs-notarize
# Runs a command; sets seconds.
spend() {
    bash -c 'TIMEFORMAT="%U %S"; time "$@" >"$0" 2>"$0.err"' "$dir/out" "$@" 2>"$dir/time" || {
        tail -n 3 "$dir/out.err" >&2
        exit 1
    }
    seconds=$(awk '{ print $1 + $2 }' "$dir/time")
}
# repodata as a release has it, of files that are no packages: verify reads digest and place only.
make_repodata() {
    mkdir "$1/repodata"
    cp "$2" "$1/repodata/notarizations.json"
    {
        echo '<?xml version="1.0" encoding="UTF-8"?>'
        echo "<metadata xmlns=\"http://linux.duke.edu/metadata/common\" packages=\"$count\">"
        (cd "$1" && sha256sum files/*) | awk '{ n = $2; sub(/.*\//, "", n)
            print "<package type=\"rpm\"><name>" n "</name><arch>noarch</arch><version epoch=\"0\" ver=\"1\" rel=\"1\"/><checksum type=\"sha256\" pkgid=\"YES\">" $1 "</checksum><summary/><description/><packager/><url/><time file=\"1\" build=\"1\"/><size package=\"4096\" installed=\"1\" archive=\"1\"/><location href=\"" $2 "\"/><format/></package>" }'
        echo '</metadata>'
    } >"$1/repodata/primary.xml"
    {
        echo '<?xml version="1.0" encoding="UTF-8"?><repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>'
        for part in primary:xml notarizations:json; do
            file=repodata/${part%:*}.${part#*:}
            echo "<data type=\"${part%:*}\"><checksum type=\"sha256\">$(sha256sum <"$1/$file" |
                cut -d' ' -f1)</checksum><location href=\"$file\"/><timestamp>1</timestamp><size>$(wc -c \
                    <"$1/$file")</size></data>"
        done
        echo '</repomd>'
    } >"$1/repodata/repomd.xml"
}
each_signature=$(openssl speed -seconds 1 ecdsap256 2>/dev/null | awk 'END { print 1 / $NF }')
printf '%s, %s cores, load %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo |
    head -n 1)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
for count in ${ALBS_BENCH_FILES:-3000 30000}; do
    rm -rf "$dir/workspace" "$dir/state" "$dir/repo"
    mkdir -p "$dir/repo/files"
    (cd "$dir/repo/files" && head -c $((count * 4096)) /dev/urandom | split -b 4096 -d -a 6 -)
    "$notarize" init -q --origin localhost/bench >"$dir/out"
    cd "$dir/repo"
    spend "$notarize" files -q files/*
    made=$seconds
    mv "$dir/out" "$dir/manifest.json"
    key=$dir/workspace/ledger/log.vkey
    spend sha256sum files/*
    theirs=$seconds
    spend "$notarize" verify -q --log-key "$key" "$dir/manifest.json" files/*
    manifest=$seconds
    [ "$(grep -c '^verified' "$dir/out")" = "$count" ]
    make_repodata "$dir/repo" "$dir/manifest.json"
    spend "$notarize" verify -q --log-key "$key" "$dir/repo"
    repository=$seconds
    [ "$(grep -c '^verified' "$dir/out")" = "$count" ]
    awk -v n="$count" -v made="$made" -v m="$manifest" -v r="$repository" -v t="$theirs" -v s="$each_signature" 'BEGIN {
        printf "%d files: recorded %.2f s, sha256sum %.2f s, their signatures %.2f s\n", n, made, t, n * s
        printf "  verify MANIFEST FILE...  %6.2f s, %3.0f us each, %4.1f times sha256sum, %.2f times sha256sum and signatures\n", m, m / n * 1e6, m / t, m / (t + n * s)
        printf "  verify REPOSITORY        %6.2f s, %3.0f us each, %4.1f times sha256sum, %.2f times sha256sum and signatures\n", r, r / n * 1e6, r / t, r / (t + n * s) }'
done
