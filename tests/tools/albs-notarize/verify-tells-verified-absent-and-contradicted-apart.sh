# SPDX-License-Identifier: GPL-3.0-or-later
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" good.json
expect 0 albs-notarize verify --log-key "$key" good.json
expect_stdout 'verified source p@0123456789ab'
expect_stdout 'verified p1-1-1.x86_64.rpm ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a'
[ "$(grep -vc 'revocations were not looked for' "$err")" = 0 ] || fail 'more was said'
# Also with -q: a caller must not take it for a look into the log.
expect 0 albs-notarize verify -q --log-key "$key" good.json
[ "$(wc -l <"$err")" = 1 ] || fail 'not one warning'
expect_stderr 'revocations were not looked for'
expect 0 albs-notarize verify -q --log-key "$key" --ledger "$ALBS_LEDGER" good.json
expect_no_stderr
expect_from 0 good.json albs-notarize verify --log-key "$key"

expect 1 albs-notarize verify --log-key "$key" "$manifest"
expect_stdout 'absent source p@0123456789ab'
expect_stderr 'the manifest holds no notarization of it'

for change in 's/"nevra":"p1-1-1/"nevra":"p9-1-1/' 's/"commit":"0123/"commit":"1123/' \
    's#host/x86_64","source"#host/x86_65","source"#'; do
    jq -c '.stages = []' good.json | sed "$change" >bad.json
    expect 4 albs-notarize verify --log-key "$key" bad.json
    expect_empty_stdout
    expect_stderr "error: notarization 'log.example.org#"
    # Nor does a second notarization whitewash it.
    expect_from 4 bad.json albs-notarize
    expect_empty_stdout
done
