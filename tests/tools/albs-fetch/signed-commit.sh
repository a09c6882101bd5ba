#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Signatures of commits and tags: recorded, refused where required, and a bad one stops everything.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
make_key good ed25519
make_key other ed25519
GNUPGHOME="$work/gpg-good"
export GNUPGHOME
key=$good_key
make_flat "$work" sample
commit_all sample "Signed" -S"$key"
signed=$(git -C sample rev-parse HEAD)
git -C sample checkout -q -b plain HEAD~1
commit_all sample "Not signed"
GIT_COMMITTER_DATE="1700000000 +0000" git -C sample tag -u "$key" -m "A signed tag" v1
git -C sample tag v1-light
# The same commit with another message under the old signature.
git -C sample cat-file commit "$signed" | sed 's/^Signed$/Forged/' >forged
git -C sample update-ref refs/heads/forged "$(git -C sample hash-object -t commit -w "$work/forged")"
# A signature that is none of OpenPGP's.
git -C sample cat-file commit plain |
    sed '/^committer/a gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n -----END SSH SIGNATURE-----' >ssh
git -C sample update-ref refs/heads/ssh "$(git -C sample hash-object -t commit -w "$work/ssh")"
# The signed tag under another name.
git -C sample update-ref refs/tags/v2 "$(git -C sample rev-parse refs/tags/v1)"
publish "$work" sample
start_server "$work" || exit 1
defer stop_server
fetch() {
    status=$1
    ref=$2
    shift 2
    expect "$status" albs-fetch "$git_url/sample.git#$ref" --lookaside "$files_url" "$@"
    if [ "$status" != 0 ]; then expect_empty_stdout; fi
}
fetch 0 c9
expect_json ".sources[0].signature | .status + (.key | tostring)" unknown-keynull
fetch 0 c9 --keyring good.asc --require-signed
expect_json ".sources[0].signature | .status + .key + .signer" "good${key}good (test) <good@example.org>"
expect_json ".stages[0].parameters | has(\"keyring\") | not"
fetch 0 c9 --keyring other.asc
expect_json ".sources[0].signature.status" unknown-key
fetch 3 c9 --keyring other.asc --require-signed
expect_stderr "commit $signed is signed by a key that is not in the keyring, and --require-signed wants a good signature"
fetch 0 plain --keyring good.asc
expect_json ".sources[0].signature.status" none
fetch 3 plain --keyring good.asc --require-signed
expect_stderr "commit .* is not signed, and --require-signed wants"
fetch 0 ssh --keyring good.asc
expect_json ".sources[0].signature.status" unknown-key
fetch 3 ssh --keyring good.asc --require-signed
# A signed tag vouches for the commit it names, but only under its own name.
fetch 0 v1 --keyring good.asc --require-signed
expect_json ".sources[0].signature | .status + .key" "good$key"
fetch 3 v1-light --keyring good.asc --require-signed
fetch 4 v2 --keyring good.asc
expect_stderr "'v2' leads to a tag that was signed as 'v1'"
# A signature that does not fit is never passed over.
fetch 4 forged --keyring good.asc
expect_stderr "the signature of commit .* by key $key does not fit it"
fetch 4 forged --keyring good.asc --require-signed
# Keys that are no longer good.
gpg --batch --quiet --command-fd 0 --yes --no-tty --edit-key good@example.org 2>"$err" <<'COMMANDS' || :
revkey
y
0

y
save
COMMANDS
gpg --batch --quiet --armor --export good@example.org >revoked.asc
fetch 0 c9 --keyring revoked.asc
expect_json ".sources[0].signature.status" revoked-key
fetch 3 c9 --keyring revoked.asc --require-signed
expect_stderr "by a key that was revoked"
expect_stderr "hint: its owner has withdrawn the key: name a commit or a tag that another key has signed"
# What makes no sense.
fetch 2 c9 --require-signed
expect_stderr "hint: add --keyring FILE"
echo "not a key" >rubbish
fetch 3 c9 --keyring rubbish
expect_stderr "no OpenPGP public key in 'rubbish'"
fetch 2 c9 --keyring missing.asc
expect_stderr "cannot open 'missing.asc'"
# A directory is nobody's word.
expect 3 albs-fetch sample --keyring good.asc --require-signed
expect_stderr "a directory is not signed"
expect_empty_stdout
