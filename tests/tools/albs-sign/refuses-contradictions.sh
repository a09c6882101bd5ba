# SPDX-License-Identifier: GPL-3.0-or-later
# Bytes, manifest and ledger that say different things are status 4 with nothing on stdout, and no waiver helps.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
notarize_built
refused() {
    expect_from 4 "$1" albs-sign --key "$signer_key" --gnupghome gpg-signer --waive 'notarization=I do not care' --waive 'status=really' --waive 'test=nor this'
    expect_empty_stdout
    expect_stderr '^albs-sign: error: '
    [ ! -e .albs/signed ] || fail 'something was signed'
}
change() { jq -c "del(.stages) | .stages = [] | $1" notarized.json >changed.json; }
package=$(jq -r '.artifacts[] | select(.kind == "rpm").sha256' built.json)
source=$(jq -r '.artifacts[] | select(.kind == "srpm").sha256' built.json)

# A name, an architecture, a header digest that the record does not have.
change '(.artifacts[] | select(.kind == "rpm").rpm.nevra) = "tiny-2-1.noarch"'
refused changed.json
change '(.artifacts[] | select(.kind == "rpm").rpm) |= (.version = "2" | .nevra = "tiny-2-1.noarch")'
refused changed.json
change '(.artifacts[] | select(.kind == "rpm").rpm.header_sha256) = "00" * 32'
refused changed.json
# Nor where the ledger knows nothing that could contradict: the bytes do.
jq -c '(.artifacts[] | select(.kind == "rpm").rpm) |= (.version = "2" | .nevra = "tiny-2-1.noarch")' built.json \
    >changed.json
refused changed.json
expect_stderr "'tiny-1-1.noarch.rpm' (.*) contradicts the manifest: its NEVRA is tiny-1-1.noarch, not tiny-2-1.noarch"
# Another task claims the package that the record gives to this one.
change '.tasks[0].id = "tiny/host/aarch64"'
refused changed.json

# The package replaced by another of the same name, which is in the store and in order.
mkdir -p evil
sed -i 's/seq 2000/seq 3/' tiny.spec
rpmbuild -bb --define "_topdir $work/evil" tiny.spec >/dev/null 2>&1 || fail 'no second package'
mv built honest
mkdir built
cp evil/RPMS/noarch/*.rpm honest/*.src.rpm built/
built_manifest >evil.json
jq -c --slurpfile honest notarized.json '. + ($honest[0] | {notarizations, ledgers, checkpoints, forms})' evil.json >changed.json
refused changed.json
expect_stderr 'the ledger recorded '
# The notarization of the honest one pointed at it.
new=$(jq -r '.artifacts[] | select(.kind == "rpm").sha256' evil.json)
sed "s/$package/$new/g" notarized.json | jq -c '.stages = []' >changed.json
refused changed.json

# A manifest that was changed after its last stage.
sed 's/tiny-1-1.noarch"/tiny-9-1.noarch"/' notarized.json >changed.json
refused changed.json
expect_stderr 'records were changed after albs-notarize'

# The store: the object changed, and gone.
file=$(stored "$source")
chmod u+w "$file"
cp "$file" keep.rpm
printf x >>"$file"
refused notarized.json
expect_stderr "store object '.*' was changed"
rm "$file"
expect_from 3 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
expect_empty_stdout
expect_stderr "the store has no object $source"
cp keep.rpm "$file"
expect_from 0 notarized.json albs-sign --key "$signer_key" --gnupghome gpg-signer
