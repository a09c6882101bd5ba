# SPDX-License-Identifier: GPL-3.0-or-later
# --signer: a command gets digests and answers with signatures, which are verified before they are believed. The private
# key is in a directory of its own, the one that albs-sign sees has public keys only.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
make_key other ed25519
build_packages tiny more
mkdir -m 700 public
cat signer.asc other.asc | gpg --homedir public --batch --quiet --import 2>/dev/null
gpgconf --homedir public --kill gpg-agent
cat >elsewhere <<'END'
#!/bin/sh
# Asks the agent of $1 for each digest.
grip_of() {
    home=$1
    shift
    gpg --homedir "$home" --batch --with-colons --with-keygrip --list-keys "$@" 2>/dev/null |
        awk -F: '$1 == "grp" { print $10; exit }'
}
while read -r key algorithm hash digest; do
    echo "$key $algorithm $hash" >>"$1/asked"
    grip=$(grip_of "$1" "$key")
    [ -n "$grip" ] || grip=$(grip_of "$1") # the wrong one, where the right one is not
    printf '%s\n' "SIGKEY $grip" "SETHASH 8 $digest" "/datafile $1/answer" PKSIGN /bye |
        gpg-connect-agent --homedir "$1" >/dev/null 2>&1
    python3 -c 'import re, sys
answer = open(sys.argv[1], "rb").read()
def number(name):
    at = answer.index(b"(1:" + name) + 4
    size = re.match(rb"\d+", answer[at:]).group()
    at += len(size) + 1
    return answer[at:at + int(size)].hex()
print(" ".join(number(name) for name in ([b"s"] if sys.argv[2] == "rsa" else [b"r", b"s"])))' "$1/answer" "$algorithm" ||
        echo error the agent did not sign
done
END
chmod +x elsewhere
sign() {
    sign_key=$1 sign_command=$2
    shift 2
    albs-sign sign --key "$sign_key" --gnupghome public --signer "$sign_command" "$@"
}
for name in signer other; do
    eval "key=\$${name}_key"
    expect 0 sign "$key" "./elsewhere gpg-$name" --output "signed-$name" built/*.rpm
    expect_json '.signatures | length' 4
    expect_json '.stages[0].parameters | has("signer")' false
    for file in "signed-$name"/*.rpm; do expect 0 albs-sign verify --cert $name.asc "$file"; done
    # The same as the agent makes it.
    cp "$out" one.json
    rm -rf .albs/signed
    expect 0 albs-sign sign -q --key "$key" --gnupghome "gpg-$name" --output "agent-$name" built/*.rpm
    for file in "signed-$name"/*.rpm; do same "$file" "agent-$name/${file##*/}"; done
    [ "$(sort -u "gpg-$name/asked" | cut -d' ' -f1,3)" = "$key sha256" ] || fail "$(cat "gpg-$name/asked")"
    rm -rf .albs/signed
done
# What it answers is believed by nobody.
expect_refusal 4 'does not hold' sign "$signer_key" './elsewhere gpg-other' built/tiny-1-1.noarch.rpm
printf '#!/bin/sh\nread -r line\necho %s\n' 0badcafe >liar
printf '#!/bin/sh\nread -r line\necho error no token\n' >sorry
printf '#!/bin/sh\nexit 3\n' >gone
printf '#!/bin/sh\nread -r line\necho hello world\n' >rude
printf '#!/bin/sh\nread -r line\nhead -c 100000 /dev/zero | tr "\\\\0" a\nsleep 9\n' >endless
chmod +x liar sorry gone rude endless
expect_refusal 4 'does not hold' sign "$signer_key" ./liar built/tiny-1-1.noarch.rpm
expect_refusal 5 "it answers 'error no token'" sign "$signer_key" ./sorry built/tiny-1-1.noarch.rpm
expect_refusal 5 '--signer: it' sign "$signer_key" ./gone built/tiny-1-1.noarch.rpm
expect_refusal 5 'its answer is no signature' sign "$signer_key" ./rude built/tiny-1-1.noarch.rpm
expect_refusal 5 'its answer is too long' sign "$signer_key" ./endless built/tiny-1-1.noarch.rpm
expect_refusal 5 '--signer' sign "$signer_key" ./nowhere built/tiny-1-1.noarch.rpm
expect_refusal 2 'is no command' sign "$signer_key" "'" built/tiny-1-1.noarch.rpm
expect_refusal 5 'no public key' sign 0000000000000000000000000000000000000000 ./liar built/tiny-1-1.noarch.rpm
