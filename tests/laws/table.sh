# SPDX-License-Identifier: GPL-3.0-or-later
# What the laws must know of each tool: a smallest valid run. Sourced by every law as `. table.sh TOOL`, after lib.sh.
#
# A new tool needs one case below. $args: options of a run that succeeds. $takes: manifest (on stdin), operands (its own
# words; stdin is not read) or either. $gives: manifest or document. prepare: makes what the run needs, once per law.
#
# $work/in.json is a manifest that every tool passes with status 0: no package in it, so there is nothing to do, but
# members that no version of ours knows, at every depth where a later version may add some.
tool=$1
PATH="$ALBS_BUILD/tests:$PATH"
TMPDIR="$work/tmp"
export PATH TMPDIR
mkdir -p "$TMPDIR"

hello=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
cat >"$work/seed.json" <<END
{"schema":"albs.manifest/1","x-first":{"b":[1,{"deep":null}],"a":"ü \u2028"},"sources":[],"tasks":[],"artifacts":[{"x-before":true,"sha256":"$hello","size":5,"name":"hello.txt","kind":"file","rpm":null,"unsigned":null,"x-after":{"z":-9007199254740991,"a":""}}],"tests":[],"signatures":[],"notarizations":[],"releases":[],"stages":[],"x-last":[[],{},"\\\\\\"\n"]}
END

args=
takes=manifest
gives=manifest
prepare() { :; }
case $tool in
albs-echo) ;;
albs-fetch)
    takes=operands
    prepare() {
        mkdir package
        printf 'hello' >package/hello.txt
        cat >package/hello.spec <<END
Name: hello
Version: 1
Release: 1
Summary: Says hello
License: MIT
Source0: hello.txt
BuildArch: noarch
%description
Hello.
%files
END
        git init -q -b main package
        git -C package add .
        git -C package -c user.name=Packager -c user.email=packager@example.org commit -q -m 'Say hello' \
            --date=2026-01-01T00:00:00Z
    }
    args="file://$work/package#main"
    ;;
albs-build) args='--platform host' ;;
albs-test) ;;
albs-sign)
    key_home="$work/gnupg"
    prepare() {
        mkdir -m 700 "$key_home"
        gpg --homedir "$key_home" --batch --quiet --pinentry-mode loopback --passphrase '' \
            --quick-generate-key 'Signer <signer@example.org>' rsa2048 sign never 2>/dev/null || fail 'gpg made no key'
        defer "gpgconf --homedir '$key_home' --kill all"
        gpgconf --homedir "$key_home" --kill gpg-agent
        args="--gnupghome $key_home --key $(gpg --homedir "$key_home" --list-keys --with-colons |
            awk -F: '/^fpr/{print $10; exit}')"
    }
    ;;
albs-notarize)
    prepare() { albs-notarize init --origin example.org/log >/dev/null 2>"$err" || fail 'no ledger'; }
    ;;
albs-release)
    prepare() { :; }
    # Without a source nothing is asked of the key, so that it need not exist.
    args="--to $work/repo --key 0123456789ABCDEF0123456789ABCDEF01234567"
    ;;
albs-sbom)
    takes=either
    gives=document
    args='--format cyclonedx'
    ;;
*) fail "tests/laws/table.sh does not know $tool" ;;
esac
ALBS_WORKSPACE="$work/workspace"
export ALBS_WORKSPACE
mkdir "$ALBS_WORKSPACE"
prepare
# A manifest that has been through a tool, so that it carries a seal.
albs-echo <"$work/seed.json" >"$work/in.json" 2>"$err" || fail 'no input manifest'

# run: the smallest valid run, stdin and stdout as they are. More options may follow.
# shellcheck disable=SC2086 # args are words
run() { "$tool" $args "$@"; }
needs_manifest() { [ "$takes" != operands ] || { echo "$tool reads no manifest"; exit 0; }; }
gives_manifest() { [ "$gives" = manifest ] || { echo "$tool writes no manifest"; exit 0; }; }
verbs() { "$tool" --describe | awk -F'\t' '$2 == "" && $1 != "" {print $1}'; }
# snapshot DIR...: names, kinds, sizes, times of all that is below.
snapshot() { find "$@" -printf '%p %y %s %m %T@ %C@ %i\n' 2>/dev/null | LC_ALL=C sort; }
