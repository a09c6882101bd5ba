#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Signatures over the archive before it was compressed (kernel.org: NAME.tar.sign beside NAME.tar.xz), and
# --require-upstream-signed.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
make_key maker ed25519
make_key other ed25519
git init -q -b c9 kernel
mkdir -p files git tree
head -c 400000 /dev/urandom | od >tree/words
tar -cf kernel-1.0.tar tree
sign() { # KEY FILE SIGNATURE
    gpg --homedir "$work/gpg-$1" --batch --quiet --yes --pinentry-mode loopback --passphrase '' --armor \
        --output "$3" --detach-sign "$2" 2>"$work/.gpg-log" || fail "no signature: $(cat "$work/.gpg-log")"
}
# served FILE: a lookaside server has it, and the list of the package names it alone.
served() {
    cp "$1" "files/$(sha512sum <"$1" | cut -d' ' -f1)"
    printf 'SHA512 (%s) = %s\n' "$1" "$(sha512sum <"$1" | cut -d' ' -f1)" >kernel/sources
    make_spec kernel kernel/kernel.spec "$1"
}
fetch() { # STATUS OPTION...
    fetch_status=$1
    shift
    commit_all kernel 'Change'
    publish "$work" kernel
    expect "$fetch_status" albs-fetch "file://$work/git/kernel.git#c9" --lookaside "file://$work/files/{hash}" "$@"
}
refused() { # STATUS WORDS OPTION...
    fetch "$1" "--require-upstream-signed"
    expect_empty_stdout
    expect_stderr "$2"
}
signatures() { jq -r '[.sources[0].upstream_signatures[]? | "\(.path) \(.signature) \(.status)"] | join(", ")' "$out"; }
echo 'a patch' >kernel/fix.patch
cp maker.asc kernel/kernel-keys.gpg
sign maker kernel-1.0.tar kernel/kernel-1.0.tar.sign

# Each way to compress that this machine has.
seen=
for way in gzip:gz xz:xz bzip2:bz2 zstd:zst; do
    program=${way%:*}
    packed=kernel-1.0.tar.${way#*:}
    command -v "$program" >/dev/null || continue
    "$program" -c kernel-1.0.tar >"$packed"
    served "$packed"
    fetch 0
    [ "$(signatures)" = "$packed kernel-1.0.tar.sign good" ] || fail "of $packed: $(signatures)"
    expect_json '.sources[0].upstream_signatures[0].key' "$maker_key"
    fetch 0 --require-upstream-signed
    seen="$seen $program"
done
echo "seen:$seen"
served kernel-1.0.tar.gz
fetch 0 --output laid
cp "$out" first.json
expect 0 albs-fetch --from first.json --require-upstream-signed
[ "$(signatures)" = 'kernel-1.0.tar.gz kernel-1.0.tar.sign good' ] || fail "as a list: $(signatures)"
# Nothing of the unpacked archive is left.
[ -z "$(find .albs -name '*.tar' -o -size +1000k -type f -path '*/fetch/*')" ] || fail 'what was unpacked is left'
# A signature of the compressed file that is called so.
sign maker kernel-1.0.tar.gz kernel/kernel-1.0.tar.sign
fetch 0 --require-upstream-signed
[ "$(signatures)" = 'kernel-1.0.tar.gz kernel-1.0.tar.sign good' ] || fail "of the compressed file: $(signatures)"
# Someone else's, and nobody's key.
sign other kernel-1.0.tar kernel/kernel-1.0.tar.sign
fetch 0
[ "$(signatures)" = 'kernel-1.0.tar.gz kernel-1.0.tar.sign unknown-key' ] || fail "by another key: $(signatures)"
refused 3 "the upstream signature 'kernel-1.0.tar.sign' of 'kernel-1.0.tar.gz' is by a key that is not among the sources"
expect_stderr 'hint: .*--require-upstream-signed'
git -C kernel rm -q --cached kernel-keys.gpg
mv kernel/kernel-keys.gpg keys
fetch 0
[ "$(signatures)" = 'kernel-1.0.tar.gz kernel-1.0.tar.sign unknown-key' ] || fail "without keys: $(signatures)"
mv keys kernel/kernel-keys.gpg

# Another archive than was signed; and one that cannot be unpacked.
sign maker kernel-1.0.tar kernel/kernel-1.0.tar.sign
echo more >>tree/words
tar -cf other.tar tree
gzip -c other.tar >kernel-1.0.tar.gz
served kernel-1.0.tar.gz
fetch 4
expect_empty_stdout
expect_stderr "the upstream signature 'kernel-1.0.tar.sign' by key $maker_key of 'kernel-keys.gpg' does not fit 'kernel-1.0.tar.gz'"
gzip -c kernel-1.0.tar | head -c 20000 >kernel-1.0.tar.gz
served kernel-1.0.tar.gz
fetch 3
expect_stderr "'kernel-1.0.tar.gz' cannot be decompressed, and 'kernel-1.0.tar.sign' signs what is in it"

# Required, and there is none: of any file that a list names. Files in git are the packager's word.
rm kernel/kernel-1.0.tar.sign
gzip -c kernel-1.0.tar >kernel-1.0.tar.gz
served kernel-1.0.tar.gz
refused 3 "'kernel-1.0.tar.gz' has no upstream signature"
# Again, when the commit is known.
fetch 0
expect_json '.sources[0] | has("upstream_signatures") | not'
expect_refusal 3 "'kernel-1.0.tar.gz' has no upstream signature" albs-fetch "file://$work/git/kernel.git#c9" --require-upstream-signed
expect_refusal 3 "'kernel-1.0.tar.gz' has no upstream signature" albs-fetch kernel --lookaside "file://$work/files/{hash}" \
    --require-upstream-signed
sign maker kernel-1.0.tar.gz kernel-1.0.tar.gz.asc
cp kernel-1.0.tar.gz.asc "files/$(sha512sum <kernel-1.0.tar.gz.asc | cut -d' ' -f1)"
cp maker.asc maker.gpg
cp maker.gpg "files/$(sha512sum <maker.gpg | cut -d' ' -f1)"
for file in kernel-1.0.tar.gz.asc maker.gpg; do
    printf 'SHA512 (%s) = %s\n' $file "$(sha512sum <$file | cut -d' ' -f1)" >>kernel/sources
done
fetch 0 --require-upstream-signed
[ "$(signatures)" = 'kernel-1.0.tar.gz kernel-1.0.tar.gz.asc good' ] || fail "all from the lookaside: $(signatures)"
# One of many fails alone; a source package says nothing of its files.
make_flat "$work" plain
expect 1 albs-fetch kernel plain --lookaside "file://$work/files/{hash}" --lookaside "file://$work/files" --require-upstream-signed
expect_json '.sources | map(.name) | join(" ")' kernel
expect_json '.stages[0].failures[0].reason | test("plain-1.0.tar.gz. has no upstream signature")'
expect 0 albs-fetch plain --lookaside "file://$work/files"
source_package_of packages
expect_refusal 3 'a source package does not say which of its files their makers signed' \
    albs-fetch packages/*.src.rpm --require-upstream-signed
