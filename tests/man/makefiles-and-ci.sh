# SPDX-License-Identifier: GPL-3.0-or-later
# The Makefile and the CI script of albs(7), as the page shows them: a package that fails stops no other, and no second
# run passes over it.
. "$ALBS_SOURCE/tests/lib.sh"
for program in scdoc mandoc make gpg; do
    command -v $program >/dev/null || skip "$program is not installed"
done
. "$ALBS_SOURCE/tests/build-lib.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES GNUMAKEFLAGS

# From the page as it is read: each block of the section by its first line.
SOURCE_DATE_EPOCH=1763856000 scdoc <"$ALBS_SOURCE/man/albs.7.scd" | mandoc -T utf8 -O width=300 | sed 's/.\x08//g' |
    awk '/^[A-Z]/ { inside = ($0 == "MAKEFILES AND CI") }
        inside && $0 == "           # Makefile" { file = "Makefile" }
        inside && $0 == "           #!/bin/sh" { file = "ci.sh" }
        /^       [^ ]/ { file = "" }
        file { print substr($0, 12) > file }'
[ -s Makefile ] && [ -s ci.sh ] || fail 'albs(7) shows no Makefile or no script'
! grep -q "$(printf '\t')" Makefile || fail 'the Makefile has tabs, which nobody can copy from a page'

GNUPGHOME=$work/gnupg
ALBS_WORKSPACE=$work/.albs
export GNUPGHOME ALBS_WORKSPACE
mkdir -m 700 "$GNUPGHOME"
defer 'gpgconf --homedir "$GNUPGHOME" --kill all'
gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key 'signer <signer@example.org>' ed25519 sign never \
    2>"$err" || fail 'gpg made no key'
key=$(gpg --list-keys --with-colons signer@example.org 2>/dev/null | awk -F: '/^fpr/{print $10; exit}')
expect 0 albs-notarize init --origin example.org/log
package good
build='echo "broken.c:1: error: it is broken" >&2; exit 1' spec broken
source_package broken
printf '%s\n' good.src.rpm broken.src.rpm >sources.txt

# made STATUS: what make comes to. 2 is make's own status of a failure.
made() {
    expect "$1" make -s KEY="$key" ${2:+"$2"}
}
released() { find repo/ -name "$1-1.0-1.*.rpm" 2>/dev/null | head -n 1; }
made 2
expect_stderr 'it is broken'
[ -n "$(released good)" ] || fail 'the package that did not fail is not released'
[ -z "$(released broken)" ] || fail 'the package that failed is released'
for manifest in fetched built tested signed released; do
    [ -s $manifest.json ] || fail "there is no $manifest.json"
done
# A second make builds nothing and is no better.
cp released.json first.json
made 2
expect_stderr 'it is broken'
same released.json first.json
! grep -q ': building' "$err" || fail 'it was built again'
# Mended.
package broken
touch sources.txt
made 0
[ -n "$(released broken)" ] || fail 'it is not released'
made 0
expect_no_stderr
# What is no failure of a package ends make there, and leaves nothing that passes for a result.
rm tested.json
chmod u+w .albs/store/sha256/*/* && for file in .albs/store/sha256/*/*; do
    if cmp -s "$file" broken.src.rpm || rpm -qp "$file" >/dev/null 2>&1; then echo x >>"$file"; fi
done
made 2
[ ! -e tested.json ] || fail 'there is a manifest of a stage that did not end'
made 2

# Without go_on, a failed package ends make, and .DELETE_ON_ERROR removes its manifest.
rm -rf .albs ./*.json repo
expect 0 albs-notarize init --origin example.org/log2
build='exit 1' spec broken
source_package broken
made 2 go_on=
[ -s fetched.json ] && [ ! -e built.json ] || fail 'make goes on from a manifest with failures'
made 2 go_on=
[ ! -e built.json ] || fail 'the second make goes on'

# The script.
rm -rf ./*.json
expect 1 sh ci.sh
expect_stderr 'good@.*: built'
[ "$(jq -r '[.tasks[].status] | sort | join(" ")' tested.json)" = 'failed ok' ] || fail 'its manifest is another'
package broken
expect 0 sh ci.sh
# A source that is not there is a failure like that of a package; no list of sources is an error.
echo nonexistent.src.rpm >>sources.txt
expect 1 sh ci.sh
[ "$(jq '[.tasks[] | select(.status == "ok")] | length' tested.json)" = 2 ] || fail 'the others did not go on'
rm sources.txt
expect 2 sh ci.sh
# What is temporary is tried again: albs-fetch of that name, which is busy twice.
mkdir bin
cat >bin/albs-fetch <<'END'
#!/bin/sh
echo x >>tries
[ "$(wc -l <tries)" -gt 2 ] || exit 75
PATH=${PATH#*:} exec albs-fetch "$@"
END
chmod +x bin/albs-fetch
printf 'good.src.rpm\nbroken.src.rpm\n' >sources.txt
expect 0 env PAUSE=0 PATH="$work/bin:$PATH" sh ci.sh
[ "$(wc -l <tries)" = 3 ] || fail "it was tried $(wc -l <tries) times"
rm tries
sed -i 's/-gt 2/-gt 9/' bin/albs-fetch
expect 75 env PAUSE=0 PATH="$work/bin:$PATH" sh ci.sh
[ "$(wc -l <tries)" = 4 ] || fail "it was tried $(wc -l <tries) times"
