# SPDX-License-Identifier: GPL-3.0-or-later
# rpms/hello.git, a dist-git repository whose commit a team's key signed, a checkout of it, and its lookaside.
GNUPGHOME="$work/gnupg"
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
defer 'gpgconf --kill all'
gpg --batch --quiet --passphrase '' --quick-generate-key team@example.org ed25519 sign never 2>"$err" || fail 'no key'
gpg --batch --quiet --armor --export team@example.org >team.asc
key=$(gpg --batch --with-colons --list-keys | awk -F: '/^fpr/ { print $10; exit }')
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work/fixture" hello
commit_all "$work/fixture/hello" 'Sign it' -S"$key"
publish "$work/fixture" hello
mv "$work/fixture/git" rpms
mv "$work/fixture/hello" hello
mv "$work/fixture/files" lookaside
