# SPDX-License-Identifier: GPL-3.0-or-later
# Advisories that cannot be published: bad JSON with line and column, wrong members, packages that are not there, no
# repository, no key. Nothing is switched.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 signed.json
advisory() {
    printf '{"schema": "albs.advisory/1", "id": "%s", "type": "bugfix", "title": "t", "description": "d",\n "issued": "2026-02-01T00:00:00Z", "references": [], "packages": [%s]}\n' "$1" "$2"
}
advisory TEST-1 '"hello"' >good.json
expect 3 albs-release errata --to repo --key "$key" good.json
expect_empty_stdout
expect_stderr "'repo' holds no repository"
expect_from 0 signed.json albs-release --to repo --key "$key"

printf '{"schema": "albs.advisory/1",\n "id": oops}\n' >bad.json
expect 3 albs-release errata --to repo --key "$key" bad.json
expect_empty_stdout
expect_stderr "^albs-release: error: 'bad.json': line 2, column 8"
advisory TEST-1 '"hello"' | sed 's/"type"/"tpye"/' >bad.json
expect 3 albs-release errata --to repo --key "$key" bad.json
expect_empty_stdout
expect_stderr "'bad.json': unknown member 'tpye'"
expect 3 albs-release errata --to repo --key "$key" good.json good.json
expect_empty_stdout
expect_stderr "advisory 'TEST-1' was given twice"
expect 5 albs-release errata --to repo --key "$key" missing.json
expect_empty_stdout
expect 2 albs-release errata --to repo --key "$key"
expect_empty_stdout
expect 5 albs-release errata --to repo --key 0123456789012345678901234567890123456789 good.json
expect_empty_stdout

for wrong in goodbye hello-2.0-1 hello-1.0-1.s390x hello-1.0-1.src; do
    advisory TEST-2 "\"hello\", \"$wrong\"" >bad.json
    expect 1 albs-release errata --to repo --key "$key" bad.json
    expect_json '.releases | length' 0
    expect_stderr "TEST-2: refused: package '$wrong' is not in 'repo'"
done
[ "$(readlink repo)" = repo.1 ] || fail 'it was switched'
# A good one beside a bad one.
expect 1 albs-release errata --to repo --key "$key" bad.json good.json
expect_json '.releases[0].errata | join(" ")' TEST-1
expect_json '.stages[0].verdict' no
# A security advisory wants a CVE.
advisory TEST-3 '"hello"' | sed 's/bugfix/security/; s/"title"/"severity": "Low", "title"/' >security.json
expect 0 albs-release errata --to repo --key "$key" security.json
expect_stderr 'TEST-3: a security advisory without a CVE'
