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
# Of OpenPGP v6, by an algorithm of these years: it says neither yes nor no, and is named.
v6=$(printf '\302\012\006\000\036\012\000\000\000\000\000\000' | base64 | tr -d '\n' | od -An -v -tx1 | tr -d ' \n')
tags signer.rpm v6.rpm add 278 8 2 "$(text signer.rpm)00${v6}00"
tags "$built" v6-alone.rpm add 278 8 1 "${v6}00"
verdict 0 v6.rpm 'v6.rpm: not judged: an unknown signature (OpenPGP version 6, algorithm 30)'
verdict 1 v6-alone.rpm 'it has no signature but an unknown signature'
# It is kept when the package is signed, and when the signature is taken away again.
expect 0 albs-sign sign --key "$signer_key" --gnupghome gpg-signer --output kept v6-alone.rpm
cp "$out" kept.json
verdict 0 kept/v6-alone.rpm 'an unknown signature'
tags kept/v6-alone.rpm - get 278 | grep -q "^${v6}00" || fail 'the signature was not kept'
[ "$(tags kept/v6-alone.rpm - get 278)" = "${v6}00$(text kept/v6-alone.rpm)00" ] || fail 'ours is not beside it'
expect 0 albs-sign unsign --manifest kept.json kept/v6-alone.rpm
same "$out" v6-alone.rpm
# One odd key in a file of certificates does not refuse the others.
gpg --homedir gpg-signer --batch --export "$signer_key" >signer.gpg
gpg --homedir gpg-other --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key nist nistp256 sign \
    never 2>/dev/null
gpg --homedir gpg-other --batch --export nist >nist.gpg 2>/dev/null
{ printf '\306\012\006\000\000\000\000\036\000\000\000\000' && cat nist.gpg signer.gpg; } >odd.gpg
expect 0 albs-sign verify --cert odd.gpg signer.rpm
expect_stderr 'warning: --cert: passed over, librpm cannot use it: a key of version 6'
expect_stderr 'warning: --cert: passed over, librpm cannot use it: key '
expect 3 albs-sign verify --cert nist.gpg signer.rpm
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
