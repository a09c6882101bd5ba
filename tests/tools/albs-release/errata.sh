# SPDX-License-Identifier: GPL-3.0-or-later
# An advisory about released packages is listed by dnf; it stays through later releases; the same again changes nothing;
# a correction needs a later time.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v dnf >/dev/null || skip 'no dnf'

make_signer
signed_package hello 1.0 old.json
signed_package hello 2.0 new.json
expect_from 0 old.json albs-release --to repo --name demo --key "$key"
cat >advisory.json <<END
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "security", "severity": "Important",
 "title": "hello security update", "description": "Less < more & so on.", "issued": "2026-02-01T10:20:30Z",
 "references": [{"type": "cve", "id": "CVE-2026-12345", "href": "https://example.org/CVE-2026-12345"}],
 "packages": ["hello", "hello-doc-1.0-1.noarch"], "reboot_suggested": true}
END
expect 0 albs-release errata --to repo --key "$key" advisory.json
cp "$out" published.json
keep_manifest "$out"
expect_json '.releases | length' 1
expect_json '.releases[0] | .repository + " " + .errata[0] + " " + (.packages | length | tostring)' \
    "$arch/os ALSA-2026:A001 2"
expect 0 albs-release check repo
# dnf lists advisories about what is installed.
expect 0 dnf_with repo/demo.repo -q install hello
expect 0 dnf_with repo/demo.repo -q updateinfo list --all
expect_stdout "ALSA-2026:A001 Important/Sec. hello-1.0-1.$arch"
expect 0 dnf_with repo/demo.repo -q updateinfo info --all
expect_stdout 'CVEs: CVE-2026-12345'
expect_stdout 'Updated: 2026-02-01 10:20:30'
expect_stdout 'Description: Less < more & so on.'
updateinfo=$(ls repo/"$arch"/os/repodata/*-updateinfo.xml.gz)
zcat "$updateinfo" | grep -q '<reboot_suggested>True' || fail 'reboot_suggested is lost'
zcat "$updateinfo" |
    grep -q "<sum type=\"sha256\">$(sha256sum <"repo/$arch/os/Packages/h/hello-1.0-1.$arch.rpm" | cut -d' ' -f1)" ||
        fail 'no digest'

expect 0 albs-release errata --to repo --key "$key" advisory.json
same "$out" published.json
[ "$(readlink repo)" = repo.2 ] || fail 'the same again was published'
# A later release keeps it; the name now means what it meant then.
expect_from 0 new.json albs-release --to repo --key "$key"
expect 0 dnf_with repo/demo.repo -q updateinfo list --all
expect_stdout "ALSA-2026:A001 Important/Sec. hello-1.0-1.$arch"
! grep -q hello-2.0 "$out" || fail 'the advisory moved to another version'
# Now the name means the new version: other content.
expect 1 albs-release errata --to repo --key "$key" advisory.json
expect_stderr 'ALSA-2026:A001: refused: it is published with other content'
expect_json '.releases | length' 0
sed -i 's/"issued": "2026-02-01T10:20:30Z"/&, "updated": "2026-03-01T00:00:00Z"/' advisory.json
expect 0 albs-release errata --to repo --key "$key" advisory.json
expect 0 dnf_with repo/demo.repo -q updateinfo list --all
expect_stdout "ALSA-2026:A001 Important/Sec. hello-2.0-1.$arch"
# Back to what was listed before.
expect 0 albs-release revert repo
expect 0 dnf_with repo/demo.repo -q updateinfo list --all
expect_stdout "ALSA-2026:A001 Important/Sec. hello-1.0-1.$arch"
