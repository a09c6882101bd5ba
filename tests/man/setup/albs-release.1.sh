# SPDX-License-Identifier: GPL-3.0-or-later
# A signed manifest and an advisory about its package; KEY is the fingerprint of the key.
. "$ALBS_SOURCE/tests/fixture/signed.sh"
KEY=$(make_key signer)
export KEY
make_ledger
build_package hello 1.0
manifest_of hello 1.0 >built.json
signed_of hello 1.0 "$KEY" >signed.json
cat >ALSA-2026-A001.json <<END
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "security", "severity": "Important",
 "title": "hello security update", "description": "A flaw was found in hello.", "issued": "2026-02-01T00:00:00Z",
 "references": [{"type": "cve", "id": "CVE-2026-12345", "href": "https://example.org/CVE-2026-12345"}],
 "packages": ["hello"]}
END
