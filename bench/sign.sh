#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sign.sh BUILD: packages signed per second, against one rpmsign on the same files, in one run. Ours also checks the
# ledger, proves what it wrote and keeps both files; rpmsign signs in place and checks nothing. Aim, on two processors:
# RSA-4096 twice as fast, RSA-2048 and Ed25519 three times; one package not slower with a cold agent; a package of 500 MB
# in 1.2 times the processor time of rpmsign and rpmkeys --checksig; verify of 222 files in 1.5 times that of rpmkeys.
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"

count=${SIGN_COUNT:-500}
large=${SIGN_LARGE:-500} # MB
export ALBS_REMEMBER="$work/heads"
# recorded DIR: the packages there as a manifest with records in the ledger, DIR.json.
recorded() {
    rm -rf built
    cp -r "$1" built
    built_manifest | jq -c '.sources = [] | .tasks[0].source = "none"' >built.json
    albs-notarize -q <built.json >"$1.json"
}
theirs() {
    rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $key_home" --define "_gpg_name $key_fingerprint" \
        "$@" >rpmsign.log 2>&1
}
ours() { albs-sign -q --key "$key_fingerprint" --gnupghome "$key_home" <"$1" >signed.json; }
cold() { gpgconf --homedir "$key_home" --kill gpg-agent; }
# cpu COMMAND...: milliseconds in user and kernel mode.
cpu() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(int(1000 * (used.ru_utime + used.ru_stime)))' "$@"
}

{
    printf 'Name: many\nVersion: 1\nRelease: 1\nSummary: s\nLicense: MIT\nBuildArch: noarch\n%%description\nd\n%%install\nmkdir -p %%{buildroot}/opt\n'
    printf 'for i in $(seq %s); do seq $((i * 100)) > %%{buildroot}/opt/f$i; done\n' "$count"
    for i in $(seq "$count"); do printf '%%package p%s\nSummary: s\n%%description p%s\nd\n%%files p%s\n/opt/f%s\n' "$i" \
        "$i" "$i" "$i"; done
} >many.spec
rpmbuild -bb --define "_topdir $work/rpm" many.spec >rpmbuild.log 2>&1
mkdir many one
cp rpm/RPMS/noarch/*.rpm many/
cp rpm/RPMS/noarch/many-p1-1-1.noarch.rpm one/
albs-notarize init -q --origin localhost/bench >/dev/null
recorded many
recorded one
for kind in rsa4096 rsa2048 ed25519; do
    make_key "bench_$kind" $kind
    rm -rf theirs .albs/signed
    cp -r many theirs
    started=$(milliseconds)
    theirs theirs/*.rpm
    theirs=$(($(milliseconds) - started))
    cold
    started=$(milliseconds)
    ours many.json
    ours=$(($(milliseconds) - started))
    started=$(milliseconds)
    ours many.json
    again=$(($(milliseconds) - started))
    awk -v k=$kind -v n="$count" -v o=$ours -v t=$theirs -v a=$again 'BEGIN {
        printf "%-8s %d packages: %.0f/s, rpmsign %.0f/s: %.2f times as fast; again, nothing to sign: %.0f/s\n", k, n, 1000*n/o, 1000*n/t, t/o, 1000*n/a }'
    cold
    rm -rf theirs .albs/signed
    cp -r one theirs
    started=$(milliseconds)
    theirs theirs/*.rpm
    theirs=$(($(milliseconds) - started))
    cold
    started=$(milliseconds)
    ours one.json
    ours=$(($(milliseconds) - started))
    echo "$kind one package, cold agent: $ours ms, rpmsign $theirs ms"
done

# verify, of files that the last key signed.
mkdir db
gpg --homedir "$key_home" --batch --armor --export "$key_fingerprint" >key.asc
rpmkeys --dbpath "$work/db" --import key.asc
rm -rf some
mkdir some
find many -name '*.rpm' | sort | head -222 | xargs -I{} cp {} some/
theirs some/*.rpm
started=$(milliseconds)
rpmkeys --dbpath "$work/db" --checksig some/*.rpm >/dev/null
theirs=$(($(milliseconds) - started))
started=$(milliseconds)
albs-sign verify --cert key.asc some/*.rpm >/dev/null
ours=$(($(milliseconds) - started))
awk -v o=$ours -v t=$theirs 'BEGIN { printf "verify of 222 files: %d ms, rpmkeys %d ms: ratio %.2f\n", o, t, o/t }'

# A large package.
head -c "${large}000000" /dev/urandom >large.bin
printf '%%define _binary_payload w0.gzdio\nName: large\nVersion: 1\nRelease: 1\nSummary: s\nLicense: MIT\nBuildArch: noarch\n%%description\nd\n%%install\ninstall -D -m 644 %s %%{buildroot}/opt/large\n%%files\n/opt/large\n' \
    "$work/large.bin" >large.spec
rpmbuild -bb --define "_topdir $work/large-rpm" large.spec >rpmbuild.log 2>&1
rm large.bin
mkdir large
mv large-rpm/RPMS/noarch/*.rpm large/
recorded large
cp -r large theirs-large
theirs=$(($(cpu rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $key_home" \
    --define "_gpg_name $key_fingerprint" theirs-large/large-1-1.noarch.rpm) + \
    $(cpu rpmkeys --dbpath "$work/db" --checksig theirs-large/large-1-1.noarch.rpm)))
ours=$(cpu albs-sign -q --key "$key_fingerprint" --gnupghome "$key_home" -o signed.json large.json)
awk -v n="$large" -v o="$ours" -v t="$theirs" 'BEGIN {
    printf "one package of %d MB: %d ms of processor time, rpmsign and rpmkeys %d ms: ratio %.2f\n", n, o, t, o/t }'
