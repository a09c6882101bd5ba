# SPDX-License-Identifier: GPL-3.0-or-later
# plan and --dry-run say what would be published and refused, and touch nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 signed.json
build_package second 1.0
manifest_of second 1.0 | albs-notarize -q >unsigned.json 2>"$err"
gpgconf --homedir "$GNUPGHOME" --kill all
# The agent's own files in its directory change with each use.
snapshot() { ls -d -- *; find "$ALBS_WORKSPACE" -printf '%p %y %s %m %T@ %C@ %i %l\n' | sort; }
expect_from 0 signed.json albs-release plan --to repo --key "$key"
expect_json '.schema' albs.release-plan/1
expect_json '[.publish[] | .repository + "/" + .path] | sort | join(" ")' \
    "source/Packages/h/hello-1.0-1.src.rpm $arch/debug/Packages/h/hello-debuginfo-1.0-1.$arch.rpm $arch/os/Packages/h/hello-1.0-1.$arch.rpm $arch/os/Packages/h/hello-doc-1.0-1.noarch.rpm"
expect_json '[.publish[].there] | any' false
expect_json '.refused | length' 0
cat signed.json unsigned.json >both.json
touch before after
snapshot >before
expect_from 1 both.json albs-release plan --to repo --key "$key"
expect_json '[.publish[].package | test("^hello")] | all'
expect_json '[.refused[] | .gate == "signature" and (.waivable | not)] | all'
expect_json '.refused | length' 4
expect_stderr 'refused: not signed'
expect_from 1 both.json albs-release -n --to repo --key "$key"
expect_stderr "hello-1.0-1.$arch: would go to $arch/os/Packages/h/"
expect_json '.releases | length' 0
snapshot >after
same before after
expect_from 0 signed.json albs-release --to repo --key "$key"
expect_from 0 signed.json albs-release plan --to repo --key "$key"
expect_json '[.publish[].there] | all'
# What a release would refuse, plan and dry run refuse too.
for name in 'two words' .hidden; do
    for verb in plan -n; do
        expect_from 2 signed.json albs-release "$verb" --to repo --key "$key" --name "$name"
        expect_stderr "'$name' cannot be the name of a repository"
    done
done
