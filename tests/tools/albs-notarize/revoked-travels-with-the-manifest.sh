# SPDX-License-Identifier: GPL-3.0-or-later
# Once a manifest, a repodata file or a proof beside a file was made after a revocation, it says so offline.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
cp "$out" before.json
digest=ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a
expect 0 albs-notarize mark --reason 'built by a broken compiler' $digest
expect_from 0 before.json albs-notarize
expect_stderr 'entry 6 of the log says that it is revoked: built by a broken compiler'
expect_json '[.notarizations[] | select(.kind == "status") | .id + " " + .about] | join(",")' \
    "log.example.org#6 $digest"
cp "$out" after.json
expect 1 albs-notarize verify --log-key "$key" after.json
expect_stdout "^revoked p1-1-1.x86_64.rpm $digest$"
expect_stderr 'built by a broken compiler'
# The same again is the same.
expect_from 0 before.json albs-notarize
same "$out" after.json
# Said to be about something else it is no word on that, and no revocation is lost in silence.
jq -c '.stages = [] | (.notarizations[] | select(.kind == "status") | .about) = "'"$(printf '%064d' 1)"'"' after.json \
    >moved.json
expect 4 albs-notarize verify --log-key "$key" moved.json
expect_stderr 'called a change of status of'
# One file for a repository, made from the old manifest and the log.
expect_from 0 before.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" --repodata repodata.json proofs
expect_stdout '^p1-1-1.x86_64.rpm.status.sigstore.json$'
expect 1 albs-notarize verify --log-key "$key" repodata.json
expect_stdout "^revoked p1-1-1.x86_64.rpm $digest$"
# Valid again is heard too.
expect 0 albs-notarize mark --status valid --reason 'the compiler was fine' $digest
expect_from 0 after.json albs-notarize
cp "$out" again.json
expect 0 albs-notarize verify --log-key "$key" again.json

# Beside a file.
echo hello >image.iso
expect 0 albs-notarize files image.iso
cp "$out" image.json
digest=$(sha256sum <image.iso | cut -d' ' -f1)
expect 0 albs-notarize mark --status superseded --reason 'there is a newer one' "$digest"
# The file with a manifest that heard of it, and then with the proofs beside it alone.
expect_from 0 image.json albs-notarize
cp "$out" marked.json
expect 1 albs-notarize verify --log-key "$key" marked.json image.iso
expect_stdout '^superseded image.iso$'
expect_from 0 image.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" .
expect 1 albs-notarize verify --log-key "$key" image.iso
expect_stdout '^superseded image.iso$'
mv image.iso.sigstore.json kept
cp image.iso.status.sigstore.json image.iso.sigstore.json
expect 4 albs-notarize verify --log-key "$key" image.iso
expect_stderr 'records a change of status, not the file'
mv kept image.iso.sigstore.json
expect 0 albs-notarize mark --status valid --reason 'the newer one was worse' "$digest"
expect_from 0 image.json albs-notarize export --log-key "$key" --ledger "$ALBS_LEDGER" .
expect 0 albs-notarize verify --log-key "$key" image.iso
