# SPDX-License-Identifier: GPL-3.0-or-later
# What albs-release errata writes is recorded: the advisory by the digest of its JSON, the packages by NEVRA and digest.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release --to repo --name demo --key "$key"
cat >advisory.json <<END
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "bugfix", "title": "hello update", "description": "Fixed.",
 "issued": "2026-02-01T10:20:30Z", "references": [], "packages": ["hello"]}
END
expect 0 albs-release errata --to repo --key "$key" advisory.json
cp "$out" errata.json
keep_manifest "$out"
package=$(sha256sum <"repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm" | cut -d' ' -f1)
advisory=$(jq -cSj . advisory.json | sha256sum | cut -d' ' -f1)
expect_json '.errata[0] | .advisory + " " + .sha256' "ALSA-2026:A001 $advisory"
expect_json '.errata[0].packages[0] | .nevra + " " + .artifact + " " + .repository' \
    "hello-1.0-1.$arch $package $arch/os"
expect_from 0 errata.json albs-notarize
cp "$out" recorded.json
expect_json '[.notarizations[] | select(.kind == "errata") | .subject] | join(" ")' "$advisory"
log="$ALBS_WORKSPACE/ledger/log.vkey"
expect 0 albs-notarize verify --log-key "$log" recorded.json
expect_stdout '^verified erratum ALSA-2026:A001@[0-9a-f]*$'
expect 1 albs-notarize verify --log-key "$log" errata.json
expect_stdout '^absent erratum ALSA-2026:A001@'
# Both the advisory's digest and the package's lead to it.
expect 0 albs-notarize show "$advisory"
expect_json '.entries[0].predicateType' https://build.almalinux.org/attestation/errata/v1
expect_json '.entries[0].predicate.advisory.title' 'hello update'
expect 0 albs-notarize show "$package"
expect_json '[.entries[].predicate.albs_binding.record] | join(" ")' 'signature release errata'
# Another package or another text is not what was recorded.
for change in '.errata[0].packages[0].nevra = "hello-9-1.noarch"' '.errata[0].document.title = "another"'; do
    jq -c ".stages = [] | $change" recorded.json >changed.json
    expect 4 albs-notarize verify --log-key "$log" changed.json
    expect_empty_stdout
done
# The same again is the same record.
expect 0 albs-release errata --to repo --key "$key" advisory.json
cp "$out" again.json
expect_from 0 again.json albs-notarize
expect_stderr 'recorded 0 statements'
