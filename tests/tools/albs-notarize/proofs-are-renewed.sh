# SPDX-License-Identifier: GPL-3.0-or-later
# After a log key was dropped, proofs by it cannot be checked with the log's key: they count as absent, never as a
# contradiction, and are renewed by prove, by albs-notarize, and by verify with the log at hand.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
digest=$(jq -r '.artifacts[1].sha256' "$manifest")
expect_from 0 "$manifest" albs-notarize
cp "$out" old.json
count=$(jq '.notarizations | length' old.json)
expect 0 albs-notarize rotate-key
expect 0 albs-notarize rotate-key --drop-old
expect 1 albs-notarize verify --log-key "$key" old.json
expect_stdout '^absent '
expect_stderr 'cannot be proved with this key'
expect 0 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" old.json
expect_stdout '^verified source '
expect_from 0 old.json albs-notarize prove
cp "$out" renewed.json
expect_json '[(.notarizations[] | .checkpoints | length)] | unique' '[
  2
]'
expect_json '.notarizations | length' "$count"
expect_json '.checkpoints | length' 2
expect 0 albs-notarize verify --log-key "$key" renewed.json
expect_from 0 renewed.json albs-notarize prove
expect_json '.notarizations, .ledgers, .checkpoints' "$(jq '.notarizations, .ledgers, .checkpoints' renewed.json)"
expect_from 0 old.json albs-notarize
cp "$out" again.json
expect 0 albs-notarize verify --log-key "$key" again.json
# Proofs of an earlier version, which share nothing, are renewed the same way.
python3 "$ALBS_SOURCE/tests/fixture/complete_notarizations.py" <old.json >complete.json
expect 1 albs-notarize verify --log-key "$key" complete.json
expect_stderr 'cannot be proved with this key'
expect_from 0 complete.json albs-notarize prove
cp "$out" proved.json
expect_json '.notarizations | length' "$count"
expect_json '.checkpoints | length' 1
expect 0 albs-notarize verify --log-key "$key" proved.json
expect_from 0 old.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" beside
expect_stdout 'sigstore.json$'
# A dry run touches nothing.
expect_from 0 old.json albs-notarize prove -n
expect_stderr "would renew $count proofs"
# What another log has in that place is a contradiction. So is a proof that does not hold, by whatever key.
jq -c '.stages = [] | .notarizations[1].entry = .notarizations[0].entry' complete.json >swapped.json
expect_from 4 swapped.json albs-notarize prove
expect_stderr 'the log has another entry in its place'
jq -c '.stages = [] | .notarizations[1].statement = .notarizations[0].statement' old.json >swapped.json
expect_from 4 swapped.json albs-notarize prove
expect_stderr 'the log has another entry in its place'
# One that this ledger never signed is no honest run's.
XDG_STATE_HOME="$work/elsewhere" expect 0 albs-notarize init --origin log.example.org --ledger other
expect_from 4 old.json env ALBS_LEDGER="$work/other" XDG_STATE_HOME="$work/elsewhere" albs-notarize
expect_stderr 'this ledger never signed it'
# A revocation that cannot be proved with the key is none that can be left out.
expect 0 albs-notarize mark --reason backdoor "$digest"
expect_from 0 again.json albs-notarize
cp "$out" revoked.json
expect 0 albs-notarize rotate-key
expect 0 albs-notarize rotate-key --drop-old
expect_from 0 again.json albs-notarize prove
jq -c --slurpfile revoked revoked.json '.stages = [] | .notarizations += [$revoked[0].notarizations[] | select(.kind == "status")]' \
    "$out" >mixed.json
expect 1 albs-notarize verify --log-key "$key" mixed.json
expect_stdout "^revoked .* $digest$"
# The same beside a file: the proof of the file is of today, that of its revocation is not.
echo image >image
expect 0 albs-notarize files image
cp "$out" image.json
expect 0 albs-notarize mark --reason backdoor "$(sha256sum image | cut -c1-64)"
expect_from 0 image.json albs-notarize
cp "$out" image-revoked.json
expect_from 0 image-revoked.json albs-notarize export --log-key "$key" before
expect 0 albs-notarize rotate-key
expect 0 albs-notarize rotate-key --drop-old
expect_from 0 image.json albs-notarize prove
cp "$out" image-proved.json
expect_from 0 image-proved.json albs-notarize export --log-key "$key" after
cp image after
expect 0 albs-notarize verify --log-key "$key" after/image
cp before/image.status.* after
expect 1 albs-notarize verify --log-key "$key" after/image
expect_stdout '^revoked after/image$'
