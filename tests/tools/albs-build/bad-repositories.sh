# SPDX-License-Identifier: GPL-3.0-or-later
# --linked and --repo that are no repository are one error, and nothing is asked for or built.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
example_platform
# refused STATUS WORDS OPTION...
refused() {
    status=$1 words=$2
    shift 2
    expect_refusal "$status" "$words" albs-build --platforms example.yaml --platform example-9 "$@" <greet.json
    [ ! -e .albs/metadata ] && [ ! -e .albs/tasks ] && [ ! -e .albs/linked ] || fail "'$*' left something"
}
printf '\377\376garbage\0' >garbage
echo '{"schema":"albs.manifest/9"}' >later.json
mkdir -p directory
refused 3 "'garbage': line 1, column 1: expected a value, found byte 0xff" --linked garbage
refused 3 "'later.json': schema 'albs.manifest/9' is not 'albs.manifest/1'" --linked later.json
refused 3 'the manifest has no packages for this platform'"'"'s architectures' --linked greet.json
refused 3 "'directory' is no repository: it has no repodata/repomd.xml" --linked directory
refused 3 'build 17 of a build service cannot be linked' --linked 17
refused 3 "linked build 'build:words': not a SHA-256: 'words'" --linked build:words
none=$(printf %064d 0)
refused 3 "the store has no object $none" --linked "build:$none"
for url in ftp://example.org/x gopher://x git::x; do
    refused 3 "'$url' is no repository: it is none of http, https and file" --linked "$url"
done
# The first is good, the second is not.
mkdir -p good/repodata && touch good/repodata/repomd.xml
refused 3 "'nowhere' is no repository" --linked good --linked nowhere

printf '[x\n' >broken.repo
printf '[x]\nname=x\n' >nowhere.repo
cp garbage garbage.repo
locked() {
    status=$1 words=$2
    shift 2
    expect_refusal "$status" "$words" albs-build lock "$@" bash
    [ ! -e .albs/metadata ] || fail "'$*' left something"
}
for bad in words name= a=b ftp://example.org/x =http://example.org/x http:// directory; do
    locked 2 "'$bad' is no repository" --repo "$bad"
    expect_stderr 'hint: write FILE.repo, URL or NAME=URL$'
    refused 2 "'$bad' is no repository" --repo "$bad"
done
for bad in broken garbage; do
    locked 3 "'$bad.repo', line 1: it is neither [NAME] nor KEY=VALUE below one" --repo $bad.repo
    refused 3 "'$bad.repo', line 1: it is neither [NAME] nor KEY=VALUE below one" --repo $bad.repo
done
locked 3 "'nowhere.repo': repository 'x' has no baseurl, mirrorlist or metalink" --repo nowhere.repo
refused 3 "'nowhere.repo': repository 'x' has no baseurl, mirrorlist or metalink" --repo nowhere.repo
# Before a key is fetched for the platform.
expect_refusal 2 "cannot open 'missing.repo'" albs-build --platform almalinux-9 --repo missing.repo <greet.json
# A key of these, or of the platform, that is not there or is none: no package is said to fail by it.
for key in missing garbage directory; do
    for verb in '' srpm plan; do
        # shellcheck disable=SC2086 # one word or none
        expect_refusal 3 "'$key'" albs-build $verb --platforms example.yaml --platform example-9 \
            --repo x=file:///nonexistent --key $key <greet.json
    done
    sed "s|'file:///nonexistent'|&, gpgkey: $key|" example.yaml >keyed.yaml
    expect_refusal 3 "'$key'" albs-build --platforms keyed.yaml --platform example-9 <greet.json
    expect_stderr "the key.* of repository 'base'"
done
locked 2 "cannot open 'missing.repo'" --repo missing.repo
refused 2 "cannot open 'missing.repo'" --repo missing.repo
