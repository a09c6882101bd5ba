# SPDX-License-Identifier: GPL-3.0-or-later
# What could not be taken back, and what would never end: reasons that no terminal should print, addresses that are
# none, and files beside a file that are no files.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
echo file >file
expect 0 albs-notarize files file
cp "$out" file.json
digest=$(sha256sum file | cut -c1-64)
cp "$ALBS_LEDGER/checkpoint" before
for reason in 'bad\377byte' 'two\nlines' 'red\033[31m' 'tab\there' '\177' '\355\240\200' \
    'a\342\200\256b' '\342\201\246' '\302\2331m'; do
    for dry in --dry-run --quiet; do
        # shellcheck disable=SC2059 # the reason is a format
        expect_refusal 2 'error: --reason has a control character, or one that is not visible, or is not in UTF-8' \
            albs-notarize mark $dry --reason "$(printf "$reason")" "$digest"
    done
done
expect_refusal 2 'error: --reason has 4097 bytes; 4096 at most' \
    albs-notarize mark -q --reason "$(printf %04097d 1)" "$digest"
same before "$ALBS_LEDGER/checkpoint"
expect 0 albs-notarize mark -n --reason "$(printf %04096d 1)" "$digest"
expect 0 albs-notarize mark -q --reason 'Ein „böser“ Übersetzer: 悪い' "$digest"
expect 1 albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" file.json
expect_stderr 'Ein „böser“ Übersetzer: 悪い$'

. "$ALBS_SOURCE/tests/fixture/witness.inc"
test_witness one
for url in nowhere ftp://127.0.0.1/ file:///etc/passwd //127.0.0.1/; do
    expect_refusal 2 "'$url' is not the address of a witness" albs-notarize witness -q --witness-key one/vkey "$url"
done

mkdir beside
cp file beside/file
expect_from 0 file.json albs-notarize export --log-key "$key" beside
expect 0 albs-notarize verify --log-key "$key" beside/file
odd() {
    expect_refusal 4 "'$1' is no regular file" timeout 20 albs-notarize verify -q --log-key "$key" beside/file
    rm -rf "$1"
}
mv beside/file.sigstore.json kept
mkfifo beside/file.sigstore.json
odd beside/file.sigstore.json
mkdir beside/file.sigstore.json
odd beside/file.sigstore.json
ln -s /dev/zero beside/file.sigstore.json
odd beside/file.sigstore.json
mkfifo beside/file.status.sigstore.json
ln -s ../kept beside/file.sigstore.json
odd beside/file.status.sigstore.json
rm beside/file.tlog-proof
mkfifo beside/file.tlog-proof
rm beside/file.sigstore.json
odd beside/file.tlog-proof
cp kept beside/file.sigstore.json
expect 0 albs-notarize verify --log-key "$key" beside/file
