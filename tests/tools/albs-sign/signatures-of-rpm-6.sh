# SPDX-License-Identifier: GPL-3.0-or-later
# rpm 6 has signatures in a tag of its own. One there of another key, or of a kind that nobody here can read, makes a
# file one that is not good; a file with one is signed, and is not signed over. Neither is one with signatures of files.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key other
build_packages tiny
built=$work/built/tiny-1-1.noarch.rpm
tags() { python3 -B "$ALBS_SOURCE/tests/fixture/signature_tags.py" "$@" || fail "signature_tags.py $*"; }
for name in signer other; do
    cp "$built" $name.rpm
    eval "key=\$${name}_key"
    rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_path $work/gpg-$name" --define "_gpg_name $key" \
        $name.rpm >/dev/null 2>&1 || fail rpmsign
done
# text FILE: its signature as rpm 6 writes it, a text in base64; as hex.
text() { tags "$1" - get64 268; }
tags signer.rpm same.rpm add 278 8 1 "$(text signer.rpm)00"
tags signer.rpm foreign.rpm add 278 8 2 "$(text signer.rpm)00$(text other.rpm)00"
tags signer.rpm unread.rpm add 278 8 1 4141414100 # AAAA
tags "$built" only.rpm add 278 8 1 "$(text other.rpm)00"
tags "$built" files.rpm add 274 8 1 3033303200 # 0302
verdict() {
    expect "$1" albs-sign verify --cert signer.asc "$2"
    [ -z "$3" ] || grep -q "$3" "$out" "$err" || fail "$2: $(cat "$out" "$err")"
}
verdict 0 signer.rpm ''
verdict 0 same.rpm ''
verdict 1 foreign.rpm "signed by another key: $other_key"
verdict 1 unread.rpm 'a signature of an unknown kind'
verdict 1 only.rpm "signed by another key: $other_key"
expect 0 albs-sbom only.rpm
expect_json '.metadata.component.properties[] | select(.name == "albs:rpm:signed").value' true
# refused FILE WORDS: as a build, it is not signed.
refused() {
    cp "$1" built/tiny-1-1.noarch.rpm
    built_manifest >one.json
    expect_from 3 one.json albs-sign --key "$signer_key" --gnupghome gpg-signer --waive notarization=test
    expect_empty_stdout
    expect_stderr "error: 'tiny-1-1.noarch.rpm'.*$2"
}
cp "$built" plain.rpm
refused only.rpm "it carries a signature of key $other_key already"
refused files.rpm 'carries signatures of its files'
expect 0 albs-sign unsign only.rpm
same "$out" plain.rpm
