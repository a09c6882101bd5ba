# SPDX-License-Identifier: GPL-3.0-or-later
# --dry-run says what would be signed, starts no agent and writes nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
before=$(find .albs gpg-signer | sort)
expect_from 0 notarized.json albs-sign -n --key "$signer_key" --gnupghome gpg-signer
expect_stderr 'tiny-1-1.noarch: would sign it'
expect_json '.signatures == []'
[ "$before" = "$(find .albs gpg-signer | sort)" ] || fail 'something was written'
