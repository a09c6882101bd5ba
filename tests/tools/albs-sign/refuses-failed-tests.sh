# SPDX-License-Identifier: GPL-3.0-or-later
# A package of which a test failed is not signed, whether the manifest says so or the ledger alone; --waive test=REASON
# signs it, and the reason is recorded. One that was not tested yet is signed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built tiny
sign() { albs-sign --key "$signer_key" --gnupghome gpg-signer "$@"; }
signed() { jq -r '. as $m | [.signatures[] | . as $s | $m.artifacts[] | select(.sha256 == $s.artifact) | .rpm.arch] | sort | join(" ")' "$out"; }
expect_from 0 notarized.json sign
# tested STATUS REASON HOUR: with the result of one test of the package.
tested() {
    jq -c --arg status "$1" --argjson reason "$2" --arg hour "$3" '.stages = [] |
        (.artifacts[] | select(.kind == "rpm").sha256) as $file |
        .tests = [{id: "\($file)/install", artifact: $file, task: .tasks[0].id, name: "install", status: $status,
                   reason: $reason, log: null, finished: "2026-06-01T\($hour):00:00Z"}]' notarized.json
}
tested fail '"no shell"' 10 >failed.json
expect_from 1 failed.json sign
expect_stderr "warning: tiny-1-1.noarch: not signed: test 'install' failed: no shell"
[ "$(signed)" = src ] || fail "signed: $(signed)"
expect_json '.stages[-1].verdict' no
expect_from 1 failed.json sign --waive 'status=x' --waive 'notarization=x'
expect_from 0 failed.json sign --waive 'test:tiny-1-1.noarch=a known fault of the test'
expect_stderr "signed all the same (a known fault of the test): test 'install' failed: no shell"
expect_json '[.signatures[] | .waived // "-"] | sort | join("; ")' '-; test: a known fault of the test'

# The ledger knows it, and the manifest does not.
expect_from 0 failed.json albs-notarize
expect_from 1 notarized.json sign
expect_stderr "not signed: test '.*/install' failed, by entry log.example.org#[0-9]* of the log"
tested pass null 11 >passed.json
expect_from 0 passed.json albs-notarize
expect_from 0 notarized.json sign
