# SPDX-License-Identifier: GPL-3.0-or-later
# An agent that albs-sign started is gone afterwards, also after a failure; one that ran before stays.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
running() { gpg-connect-agent --homedir gpg-signer --no-autostart 'GETINFO pid' /bye 2>/dev/null | grep -q OK; }
! running || fail 'the fixture left an agent'
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
! running || fail 'an agent is left'
expect_from 5 notarized.json albs-sign --key 0000000000000000000000000000000000000000 --gnupghome gpg-signer
! running || fail 'an agent is left after a failure'
# Two runs at once share it, and the last one stops it.
rm -rf .albs/signed
albs-sign --key "$signer_key" --gnupghome gpg-signer --signing-time 1738555506 <notarized.json >first.json 2>first.err &
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
wait $! || fail "the other run: $(cat first.err)"
! running || fail 'an agent is left after two'
gpg-connect-agent --homedir gpg-signer /bye >/dev/null 2>&1
running || fail 'no agent of ours'
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
running || fail 'it stopped an agent that was not its own'
