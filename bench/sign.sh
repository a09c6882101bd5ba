#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sign.sh BUILD: packages signed per second, against one rpmsign on the same files, in one run. Ours also checks the
# ledger, proves what it wrote and keeps both files; rpmsign signs in place and checks nothing. Aim: not slower.
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"

count=100
{
    printf 'Name: many\nVersion: 1\nRelease: 1\nSummary: s\nLicense: MIT\nBuildArch: noarch\n%%description\nd\n%%install\nmkdir -p %%{buildroot}/opt\n'
    printf 'for i in $(seq %s); do seq $((i * 100)) > %%{buildroot}/opt/f$i; done\n' $count
    for i in $(seq $count); do printf '%%package p%s\nSummary: s\n%%description p%s\nd\n%%files p%s\n/opt/f%s\n' "$i" \
        "$i" "$i" "$i"; done
} >many.spec
rpmbuild -bb --define "_topdir $work/rpm" many.spec >rpmbuild.log 2>&1
mkdir built
cp rpm/RPMS/noarch/*.rpm built/
built_manifest | jq -c '.sources = [] | .tasks[0].source = "none"' >built.json
export ALBS_REMEMBER="$work/heads"
albs-notarize init -q --origin localhost/bench >/dev/null
albs-notarize -q <built.json >notarized.json
for kind in rsa4096 rsa2048 ed25519; do
    make_key "bench_$kind" $kind
    key=$key_fingerprint
    rm -rf theirs
    cp -r built theirs
    started=$(milliseconds)
    rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $key_home" --define "_gpg_name $key" \
        theirs/*.rpm >rpmsign.log 2>&1
    theirs=$(($(milliseconds) - started))
    gpgconf --homedir "$key_home" --kill gpg-agent
    started=$(milliseconds)
    albs-sign -q --key "$key" --gnupghome "$key_home" <notarized.json >signed.json
    ours=$(($(milliseconds) - started))
    started=$(milliseconds)
    albs-sign -q --key "$key" --gnupghome "$key_home" <notarized.json >signed.json
    again=$(($(milliseconds) - started))
    awk -v k=$kind -v n=$count -v o=$ours -v t=$theirs -v a=$again 'BEGIN {
        printf "%-8s %d packages: %.0f/s, rpmsign %.0f/s: ratio %.2f; again, nothing to sign: %.0f/s\n", k, n, 1000*n/o, 1000*n/t, o/t, 1000*n/a }'
done
