# SPDX-License-Identifier: GPL-3.0-or-later
# Where there is a /run/user/ID, gpg keeps its sockets there, in a directory for each directory of keys that it makes
# and leaves. There is none for our directories, and an agent that listens there is found.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
[ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null || skip 'not root, so there is no /run of our own'
make_key signer
notarize_built
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
signed=$(stored "$(jq -r '[.artifacts[] | select(.unsigned != null)][0].sha256' "$out")")
# with_run SCRIPT: in a shell where /run/user/0 is new and empty; what is there afterwards is in ./there.
with_run() {
    unshare --mount sh -c "mount -t tmpfs none /run && mkdir -m 755 /run/user && mkdir -m 700 /run/user/0 && {
        $1
        } && find /run/user/0 -name 'd.*' >there"
}
expect 0 with_run "albs-sign verify --cert signer.asc $signed"
[ ! -s there ] || fail "left in /run/user: $(cat there)"
mkdir package
printf 'Name: p\nVersion: 1\nRelease: 1\nSummary: p\nLicense: MIT\n%%description\np\n%%files\n' >package/p.spec
git init -q -b main package
git -C package add .
git -C package -c user.name=P -c user.email=p@example.org commit -q -m p
expect 0 with_run "albs-fetch --keyring signer.asc file://$work/package#main"
[ ! -s there ] || fail "left in /run/user: $(cat there)"
# Whoever asks for the socket of a directory of keys makes its directory there: one, of the user.
echo text >text
expect 0 with_run "albs-sign detach --key $signer_key --gnupghome gpg-signer text"
[ "$(wc -l <there)" -le 1 ] || fail "left in /run/user: $(cat there)"
rm text.asc
# An agent there knows the passphrase, and nobody else does.
mkdir -m 700 locked
with_secret='gpg --homedir locked --batch --quiet --pinentry-mode loopback --passphrase secret'
$with_secret --quick-generate-key 'L <l@example.org>' ed25519 sign never 2>"$err" || fail 'gpg made no key'
gpgconf --homedir locked --kill gpg-agent
locked_key=$(gpg --homedir locked --with-colons --list-keys 2>/dev/null |
    awk -F: '$1 == "fpr" { print $10; exit }')
defer 'kill $(cat agent-pid) 2>/dev/null'
expect 0 with_run "$with_secret --detach-sign -o first.sig text &&
    albs-sign detach --key $locked_key --gnupghome locked text &&
    gpg-connect-agent --homedir locked --no-autostart '/datafile agent-pid' 'GETINFO pid' /bye &&
    gpgconf --homedir locked --kill gpg-agent"
[ -s agent-pid ] || fail 'that agent was stopped'
[ -s text.asc ] || fail 'nothing was signed'
[ "$(wc -l <there)" = 1 ] || fail "left in /run/user: $(cat there)"
