# SPDX-License-Identifier: GPL-3.0-or-later
# A package that carries a signature already is no built package: it is not signed over.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
build_packages
rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/gpg-signer" --define "_gpg_name $signer_key" \
    built/tiny-1-1.noarch.rpm >/dev/null 2>&1 || fail 'rpmsign'
built_manifest >built.json
expect_from 3 built.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization=test
expect_empty_stdout
expect_stderr "error: 'tiny-1-1.noarch.rpm': it carries a signature of key $signer_key already"
