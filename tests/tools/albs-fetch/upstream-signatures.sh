# SPDX-License-Identifier: GPL-3.0-or-later
# Signatures that the makers of a source file put beside it are verified against the keys among the sources, and
# recorded; one that does not fit is status 4. No spec is read for that.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
make_key maker ed25519
make_key other ed25519
make_flat "$work" sample
fetch() {
    wanted_status=$1
    shift
    publish "$work" sample
    expect "$wanted_status" albs-fetch "file://$work/git/sample.git#c9" --lookaside "file://$work/files" "$@"
}
# sign KEY FILE SIGNATURE [--armor]
sign() {
    gpg --homedir "$work/gpg-$1" --batch --quiet --yes --pinentry-mode loopback --passphrase '' ${4:+"$4"} \
        --output "$3" --detach-sign "$2" 2>"$work/.gpg-log" || fail "no signature: $(cat "$work/.gpg-log")"
}
fetch 0
expect_json '.sources[0] | has("upstream_signatures") | not'

# The file comes from a lookaside server, the signature and the keys lie in git.
sign maker sample-1.0.tar.gz sample/sample-1.0.tar.gz.asc --armor
gpg --homedir "$work/gpg-maker" --batch --export "$maker_key" >sample/gpgkey-sample.gpg
commit_all sample 'Add the signature'
fetch 0
expect_json '.sources[0].upstream_signatures[0] | "\(.path) \(.signature) \(.keyring) \(.status) \(.key)"' \
    "sample-1.0.tar.gz sample-1.0.tar.gz.asc gpgkey-sample.gpg good $maker_key"
expect_json '.sources[0].upstream_signatures | length' 1
expect_json '.sources[0].upstream_signatures[0].signer' 'maker (test) <maker@example.org>'
cp "$out" first.json
# Again, from what is known of the commit; and from a directory.
fetch 0
expect_json ".sources[0].upstream_signatures == $(jq -c '.sources[0].upstream_signatures' first.json)"
expect 0 albs-fetch sample --lookaside "file://$work/files"
expect_json '.sources[0].upstream_signatures[0].status' good
# What a manifest says of them is not believed when it is a list.
jq -c '.stages = [] | .sources[0].upstream_signatures[0].signer = "nobody"' "$out" >lie.json
expect 0 albs-fetch --from lie.json
expect_json '.sources[0].upstream_signatures[0] | "\(.status) \(.signer)"' 'good maker (test) <maker@example.org>'

# Someone whose key is not among the sources; then both are.
sign other sample-1.0.tar.gz sample/sample-1.0.tar.gz.asc --armor
commit_all sample 'Signed by another'
fetch 0
expect_json '.sources[0].upstream_signatures[0] | "\(.status) \(.keyring) \(.key)"' 'unknown-key null null'
cp other.asc sample/KEYS
commit_all sample 'And that key, too'
fetch 0
expect_json '.sources[0].upstream_signatures[0] | "\(.status) \(.keyring)"' 'good KEYS'
# A file of keys is no signature, and what signs nothing here is none either.
sign maker sample/fix.patch sample/gone.tar.sig
cp maker.asc sample/gpgkey-sample.gpg.asc
commit_all sample 'Odd ones'
fetch 0
expect_json '[.sources[0].upstream_signatures[] | select(.status == "good")] | length' 1

# A signature that does not fit the file that the list names; and the same in another form, in SOURCES/.
echo changed >changed
sign maker changed sample/sample-1.0.tar.gz.asc --armor
commit_all sample 'Not that file'
fetch 4
expect_empty_stdout
expect_stderr "the upstream signature 'sample-1.0.tar.gz.asc' by key $maker_key of 'gpgkey-sample.gpg' does not fit"
make_specs_sources "$work" deep
sign maker deep-1.0.tar.gz deep/SOURCES/deep-1.0.tar.gz.sig
cp maker.asc deep/SOURCES/keys.asc
commit_all deep 'Signed'
publish "$work" deep
expect 0 albs-fetch "file://$work/git/deep.git#c9" --lookaside "file://$work/files"
expect_json '.sources[0].upstream_signatures[0] | "\(.path) \(.status)"' 'SOURCES/deep-1.0.tar.gz good'
sign maker changed deep/SOURCES/deep-1.0.tar.gz.sig
commit_all deep 'Not signed'
publish "$work" deep
expect_refusal 4 'does not fit' albs-fetch "file://$work/git/deep.git#c9" --lookaside "file://$work/files"
# Nothing there is followed or run: a signature that is a link, a directory, or no signature at all.
rm deep/SOURCES/deep-1.0.tar.gz.sig
ln -s keys.asc deep/SOURCES/deep-1.0.tar.gz.sig
mkdir deep/SOURCES/deep-1.0.tar.gz.sign
echo x >deep/SOURCES/deep-1.0.tar.gz.sign/x
echo 'no signature' >deep/SOURCES/deep-1.0.tar.gz.asc
commit_all deep 'Hostile'
publish "$work" deep
expect 0 albs-fetch "file://$work/git/deep.git#c9" --lookaside "file://$work/files"
expect_json '.sources[0].upstream_signatures | map("\(.signature) \(.status)") | join(" ")' \
    'SOURCES/deep-1.0.tar.gz.asc unknown-key'
