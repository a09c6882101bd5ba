# SPDX-License-Identifier: GPL-3.0-or-later
# The signed files are rpmsign's to the byte, v4 alone and v3 with it, RSA and Ed25519.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key curve ed25519
notarize_built
sign_by_both() {
    rm -rf ours theirs
    key=$1 home=$2
    shift 2
    expect_from 0 notarized.json albs-sign --key "$key" --gnupghome "$home" --signing-time 2024-10-27T03:33:20Z \
        --output ours "$@"
    cp -r built theirs
    rpmsign --addsign "$@" --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/$home" --define "_gpg_name $key" \
        --define '_gpg_digest_algo sha256' --define '_gpg_sign_cmd_extra_args --faked-system-time 20241027T033320!' \
        theirs/*.rpm >rpmsign.log 2>&1 || fail "rpmsign: $(cat rpmsign.log)"
    for file in theirs/*.rpm; do same "$file" "ours/${file#*/}"; done
}
sign_by_both "$signer_key" gpg-signer
sign_by_both "$signer_key" gpg-signer --rpmv3
sign_by_both "$curve_key" gpg-curve
sign_by_both "$curve_key" gpg-curve --rpmv3
