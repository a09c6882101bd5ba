# SPDX-License-Identifier: GPL-3.0-or-later
# A key that expires within 90 days is a warning when it signs; what a key signed in time stays good after it expired,
# and verify says so.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key soon rsa2048 "$(date -u -d '+60 days' +%Y-%m-%d)"
make_key later ed25519 "$(date -u -d '+120 days' +%Y-%m-%d)"
make_key gone rsa2048 2024-12-31
notarize_built
expect_from 0 notarized.json albs-sign --key "$soon_key" --gnupghome gpg-soon
expect_stderr "warning: key $soon_key expires in [56][0-9] days, at "
expect_from 0 notarized.json albs-sign -q --key "$later_key" --gnupghome gpg-later
expect_no_stderr
expect 0 albs-sign sign -q --key "$soon_key" --gnupghome gpg-soon built/tiny-1-1.noarch.rpm
expect_stderr 'warning: key .* expires in'
expect 0 albs-sign detach -q --key "$soon_key" --gnupghome gpg-soon built.json
expect_stderr 'warning: key .* expires in'
# A key that is expired today signs nothing, whatever the time in the signature.
expect 4 albs-sign --key "$gone_key" --gnupghome gpg-gone --signing-time 2024-06-01T00:00:00Z notarized.json
expect_empty_stdout
expect_stderr "key $gone_key expired at "
# signed TIME: by the key that expired, as rpmsign did it then.
signed() {
    cp built/tiny-1-1.noarch.rpm "$1.rpm"
    rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/gpg-gone" --define "_gpg_name $gone_key" \
        --define "_gpg_sign_cmd_extra_args --faked-system-time $1T000000!" "$1.rpm" >/dev/null 2>&1 || fail 'rpmsign'
}
signed 20240601
expect 0 albs-sign verify --cert gone.asc 20240601.rpm
expect_stdout "^good $gone_key 2024-06-01T00:00:00Z 20240601.rpm"
expect_stderr "20240601.rpm: signed at 2024-06-01T00:00:00Z, in time: key $gone_key expired at 2024-12-31"
