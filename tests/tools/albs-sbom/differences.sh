# SPDX-License-Identifier: GPL-3.0-or-later
# diff tells packages added, removed and changed, also between two formats; check tells what a rule set misses.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"
expect 0 albs-sbom build.json -o old.json
expect 0 albs-sbom diff old.json old.json
expect_empty_stdout
expect 0 albs-sbom --format spdx build.json -o old.spdx.json
expect 0 albs-sbom diff old.json old.spdx.json

sed -i 's/^License: GPL-3.*/License: MIT/; s/^Release: 4/Release: 5/; s/^Requires: nobody.*/Requires: bash/' greet.spec
rm -rf rpms/* top/RPMS top/SRPMS
build_spec greet.spec
rm rpms/greet-data-*
expect 0 albs-sbom rpms/*.rpm -o new.json
expect 1 albs-sbom diff old.json new.json
expect_no_stderr
expect_stdout "^removed	greet-data.noarch	version	1:1.2~rc1+git^3-4.el9	$"
expect_stdout "^changed	greet.$(uname -m)	version	1:1.2~rc1+git^3-4.el9	1:1.2~rc1+git^3-5.el9$"
expect_stdout "^changed	greet.$(uname -m)	licence	GPL-3.0-or-later AND MIT	MIT$"
expect_stdout "^changed	greet.src	SHA-256	"
expect 1 albs-sbom diff --report json new.json old.json
expect_json '.changes | map(select(.kind == "added").package) | join(" ")' greet-data.noarch
expect 2 albs-sbom diff old.json
expect_empty_stdout
expect_stderr '^albs-sbom: error: two documents are compared'

expect 1 albs-sbom check --profile bsi old.json
expect_stdout '^missing	document	author'
expect 0 albs-sbom --author 'Builds <builds@example.org>' build.json -o named.json
for profile in bsi cisa-2026 ntia; do
    expect 0 albs-sbom check --profile $profile named.json
    expect_stdout "^$profile: everything is there$"
done
expect 0 albs-sbom --author Builds --workspace none build.json -o poor.json
expect 1 albs-sbom check --profile bsi poor.json
expect_stdout '^missing	greet-.*	hash of the deployable component (SHA-512)$'
