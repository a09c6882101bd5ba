# SPDX-License-Identifier: GPL-3.0-or-later
# What the ledger does not know is not signed: status 1, with the manifest; --waive signs it and is recorded for ever.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built tiny
mv notarized.json known.json
# Another package, which was not notarized, in a task of its own.
rm -r rpm built
build_packages other
built_manifest |
    jq -c '.tasks[0].id = "other/host/x86_64" | .sources[0].id = "other@srpm-000000000000" | .tasks[0].source = .sources[0].id' >other.json

expect_from 1 other.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_stderr 'warning: other-1-1.noarch: not signed: it is not notarized: '
expect_stderr 'warning: other-1-1.src: not signed: it is not notarized: '
expect_json '.signatures == [] and .stages[-1].verdict == "no" and (.artifacts | length) == 2'

# What is known is signed beside it.
cat known.json other.json >both.json
expect_from 1 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_stderr 'other-1-1.src: not signed'
expect_stderr 'signed 2 packages'
expect_json '[.artifacts[] | select(.unsigned != null) | .rpm.name] | unique | join(" ")' tiny

expect_from 0 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive 'notarization=bootstrap of the lab'
expect_stderr 'warning: other-1-1.noarch: signed all the same (bootstrap of the lab): it is not notarized: '
expect_json '. as $m | [.signatures[] | . as $s | $m.artifacts[] | select(.sha256 == $s.artifact) | .rpm.name + "=" + ($s.waived // "-")] | unique | join(",")' \
    'other=notarization: bootstrap of the lab,tiny=-'
expect_json '.stages[-1].parameters.waive | join(" ")' 'notarization=bootstrap of the lab'
# One package, and no other.
expect_from 1 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization:other-1-1.src=x
expect_stderr 'warning: other-1-1.noarch: not signed: it is not notarized: '
expect_stderr 'warning: other-1-1.src: signed all the same (x): '
expect_from 1 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization:other-1.src=x --waive test=y
expect_stderr 'warning: --waive notarization:other-1.src: there was nothing to waive'
expect_stderr 'warning: --waive test: there was nothing to waive'
for waiver in x 'signature=x' 'notarization=' 'notarization= ' 'notarization:=x' '=x' ''; do
    expect_from 2 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive "$waiver"
    expect_empty_stdout
done

# Without a log to trust nothing is known, and that is an error; unless the manifest claims nothing and all is waived.
rm -r .albs/ledger
expect_from 5 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_empty_stdout
expect_stderr "error: cannot open '.*/ledger/log.vkey': No such file"
expect_stderr 'hint: .*--log-key FILE'
expect_from 5 both.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization=x
expect_empty_stdout
expect_from 0 other.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization=x
expect_json '[.signatures[].waived] | unique | join(" ")' 'notarization: x'
# The key of another log of that name: what it cannot prove is neither there nor false.
mkdir elsewhere
(cd elsewhere && XDG_STATE_HOME="$PWD/state" albs-notarize init --origin log.example.org >vkey 2>"$err") || fail 'no ledger'
expect_from 1 known.json albs-sign --key "$signer_key" --gnupghome gpg-signer --log-key elsewhere/vkey
expect_stderr 'cannot be proved with this key'
