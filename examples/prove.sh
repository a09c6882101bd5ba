# SPDX-License-Identifier: GPL-3.0-or-later
# The second half of demo.sh (sourced by it): other people's programs read what the pipe made, ours verify it without a
# network, and a flipped byte is refused.
package=$(jq -r '.sources[0].name' 9-notarized.json)
arch=$(uname -m)

offline() { unshare -rn "$@"; }
if ! offline true 2>/dev/null; then
    offline() { unshare -n "$@"; }
fi

# dnf with nothing of this machine's configuration and plugins: only the repository file that albs-release wrote.
prepare_dnf() {
    mkdir -p dnf/repos dnf/log dnf/root
    printf '[main]\nplugins=0\nvarsdir=/nonexistent\n' >dnf/dnf.conf
    printf '%%_dbpath /var/lib/rpm\n' >"$HOME/.rpmmacros"
    for file in "$demo"/repo/*.repo; do
        cp "$file" dnf/repos/
    done
    grep -q '^gpgcheck=1' dnf/repos/*.repo && grep -q '^repo_gpgcheck=1' dnf/repos/*.repo
    # A machine without RPM repositories has nothing to resolve libc.so.6 with; its own files serve.
    if [ -z "$(rpm --eval '%{?rhel}%{?fedora}')" ]; then
        find "$demo/repo/" -name '*.rpm' ! -name '*.src.rpm' -exec sh "$source_tree/examples/host-runtime.sh" dnf/host \
            {} +
        printf '[host-runtime]\nname=what this machine has\nbaseurl=file://%s/dnf/host\ngpgcheck=0\n' "$demo" \
            >dnf/repos/host-runtime.repo
    fi
}
run_dnf() {
    dnf -y --config="$demo/dnf/dnf.conf" --noplugins --installroot="$demo/dnf/root" --releasever=/ --setopt=reposdir="$demo/dnf/repos" \
        --setopt=cachedir="$demo/dnf/cache" --setopt=logdir="$demo/dnf/log" --setopt=persistdir="$demo/dnf/persist" \
        --setopt=install_weak_deps=False "$@"
}
step dnf-prepare prepare_dnf
echo "the .repo file says gpgcheck=1 and repo_gpgcheck=1"
list_available() { run_dnf --quiet list --available "$package" >log/listed && grep -q "^$package\." log/listed; }
step dnf-list list_available
sed -n "s/  */ /g; /^$package\\./p" log/listed
step dnf-install quiet run_dnf install "$package"
rpm --root "$demo/dnf/root" --define '_dbpath /var/lib/rpm' -q "$package"
if [ "$package" = hello ] && [ "$(id -u)" = 0 ]; then
    printf '%-26s   %s\n' "in the scratch root" "$(chroot "$demo/dnf/root" /usr/bin/hello)"
fi

vkey=$ALBS_WORKSPACE/ledger/log.vkey
step verify offline albs-notarize verify --log-key "$vkey" -q -o log/verified.json 9-notarized.json
echo "albs-notarize: every record's proof holds, without a network"
step verify offline albs-sbom verify --log-key "$vkey" -q -o log/sbom-verified sbom.cdx.json
echo "albs-sbom: every statement of the SBOM holds, without a network"

gpg --batch --armor --export "$key" >cert.asc 2>/dev/null
rpm_file=$(find "$demo/repo/" -name "$package-[0-9]*.$arch.rpm" -o -name "$package-[0-9]*.noarch.rpm" | head -n 1)
step verify offline albs-sign verify --cert cert.asc -q -o log/sign-verified "$rpm_file"
echo "albs-sign: $(basename "$rpm_file") is whole and signed by $key"

# One byte in the middle of the payload, flipped.
cp "$rpm_file" flipped.rpm
chmod u+w flipped.rpm
offset=$(($(wc -c <flipped.rpm) - 1000))
byte=$(od -An -tu1 -j "$offset" -N 1 flipped.rpm | tr -d ' ')
# shellcheck disable=SC2059
printf "$(printf '\\%03o' $((byte ^ 1)))" | dd of=flipped.rpm bs=1 seek="$offset" conv=notrunc status=none
refused() { ! "$@" >log/refused 2>&1; }
step flipped refused albs-sign verify --cert cert.asc flipped.rpm
echo "albs-sign refuses it: $(sed -n 's/.*flipped.rpm: //p' log/refused | head -n 1)"
step flipped refused albs-notarize verify --log-key "$vkey" flipped.rpm
echo "albs-notarize refuses it: $(sed -n 's/.*flipped.rpm: //p' log/refused | head -n 1)"
