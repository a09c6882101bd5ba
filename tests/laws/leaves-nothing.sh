# SPDX-License-Identifier: GPL-3.0-or-later
# Every tool and verb, at real work: when it has ended, by itself or by TERM, HUP or INT, no process of its making runs
# and no temporary of its making is left; what KILL leaves, the next run removes.
tool=$1
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/leavings.sh"
PATH="$ALBS_BUILD/tests:$PATH"
ALBS_WORKSPACE="$work/workspace"
export PATH ALBS_WORKSPACE
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"

# packages: a key, a ledger, and a package from its build to its release.
packages() {
    . "$ALBS_SOURCE/tests/fixture/signed.sh"
    make_signer
    gpgconf --homedir "$GNUPGHOME" --kill all
    watched=$GNUPGHOME
    for version in 1.0 2.0; do
        build_package hello $version
        manifest_of hello $version >$version.json
        albs-notarize -q $version.json >$version.notarized.json 2>"$err" || fail 'notarize'
        albs-sign -q --key "$key" $version.notarized.json >$version.signed.json 2>"$err" || fail 'sign'
        albs-notarize -q $version.signed.json >$version.ready.json 2>"$err" || fail 'notarize again'
    done
    signed=$(jq -r '[.artifacts[] | select(.unsigned != null)][0].sha256' 1.0.ready.json)
    signed=$ALBS_WORKSPACE/store/sha256/$(printf %.2s "$signed")/$signed
    gpg --batch --armor --export "$key" >key.asc 2>"$err"
    gpgconf --homedir "$GNUPGHOME" --kill all
}
# copy FROM TO: again and again.
copy() { rm -rf "$2" && cp -a "$1" "$2"; }

# work_of VERB ("" is the tool without one): its real work, through leaves_nothing.
case $tool in
albs-echo)
    verbs() { echo; }
    # The law sees what it is to see.
    # shellcheck disable=SC2016 # for the shell in there
    run_watched 0.1 0 0 sh -c '(setsid sleep 30 &) && mkdir "$TMPDIR/x" && : >.x.albs-tmp-1'
    no_process seen
    no_temporary seen
    [ "$(grep -c '^seen: left' "$faults")" = 3 ] || fail "it does not see what is left: $(cat "$faults")"
    rm "$faults" .x.albs-tmp-1
    work_of() {
        input=$manifest
        leaves_nothing 0 albs-echo -o out.json
    }
    ;;
albs-fetch)
    git init -q -b main package
    printf 'hello' >package/hello.txt
    printf '%s\n' 'Name: hello' 'Version: 1' 'Release: 1' 'Summary: Says hello' 'License: MIT' 'Source0: hello.txt' \
        'BuildArch: noarch' %description Hello. %files >package/hello.spec
    . "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
    make_key packager
    git -C package add .
    GNUPGHOME="$work/gpg-packager" git -C package -c user.name=Packager -c user.email=packager@example.org \
        -c user.signingkey="$packager_key" commit -q -S -m 'Say hello' --date=2026-01-01T00:00:00Z 2>"$err" ||
        fail 'no commit'
    gpgconf --homedir "$work/gpg-packager" --kill all
    again() { rm -rf "$ALBS_WORKSPACE"; }
    work_of() { leaves_nothing 0 albs-fetch --keyring packager.asc --require-signed "file://$work/package#main"; }
    ;;
albs-build)
    . "$ALBS_SOURCE/tests/build-lib.sh"
    package greet
    cp -a "$work/.albs" store-of-sources
    albs-build --workspace "$work/.albs" greet.json >built.json 2>"$err" || fail 'it does not build'
    cp -a "$work/.albs" store-of-builds
    lock_operand=
    if command -v createrepo_c >/dev/null; then
        . "$ALBS_SOURCE/tests/fixture/packages.sh"
        . "$ALBS_SOURCE/tests/fixture/repository.sh"
        make_distribution "$work/distro"
        lock_operand=app
    fi
    work_of() {
        again() { copy store-of-sources "$ALBS_WORKSPACE"; }
        input=$work/greet.json
        case $1 in
        '') leaves_nothing 0 albs-build --output laid-out ;;
        plan) leaves_nothing 0 albs-build plan ;;
        srpm) leaves_nothing 0 albs-build srpm ;;
        gc) leaves_nothing 0 albs-build gc --unused 1s ;;
        log)
            again() { copy store-of-builds "$ALBS_WORKSPACE"; }
            leaves_nothing 0 albs-build log --manifest "$work/built.json"
            ;;
        reproduce)
            input=$work/built.json
            again() { copy store-of-builds "$ALBS_WORKSPACE"; }
            leaves_nothing 0 albs-build reproduce
            ;;
        lock)
            again() { rm -rf "$ALBS_WORKSPACE"; }
            [ -z "$lock_operand" ] || leaves_nothing 0 albs-build lock --repo "$work/distro/repos.repo" $lock_operand
            ;;
        *) return 1 ;;
        esac
    }
    ;;
albs-test)
    . "$ALBS_SOURCE/tests/fixture/packages.sh"
    build_packages <<'SPEC'
Name: good
Version: 1
Release: 1
Summary: A sound package
License: MIT
BuildArch: noarch
%description
It installs and goes without a trace.
%install
install -D -m 644 /dev/null %{buildroot}/usr/share/good/data
%post
sleep 0.2
%files
/usr/share/good
SPEC
    built_manifest rpms/good-1-1.noarch.rpm >built.json
    copy "$ALBS_WORKSPACE" store-of-builds
    again() { copy store-of-builds "$ALBS_WORKSPACE"; }
    input=$work/built.json
    work_of() { leaves_nothing 0 albs-test; }
    ;;
albs-sign)
    packages
    new=$(make_key new)
    gpgconf --homedir "$GNUPGHOME" --kill all
    seq 20000 >text
    work_of() {
        again() { rm -rf "$ALBS_WORKSPACE/signed" text.*; }
        input=/dev/null
        case $1 in
        '')
            input=$work/1.0.notarized.json
            leaves_nothing 0 albs-sign --key "$key"
            ;;
        sign) leaves_nothing 0 albs-sign sign --key "$key" built/hello-1.0/*.rpm ;;
        rotate) leaves_nothing 0 albs-sign rotate --key "$new" --cert key.asc "$signed" ;;
        verify) leaves_nothing 0 albs-sign verify --cert key.asc "$signed" ;;
        unsign)
            leaves_nothing 0 albs-sign unsign -o unsigned.rpm "$signed"
            input=$work/1.0.signed.json
            leaves_nothing 0 albs-sign unsign
            ;;
        detach) leaves_nothing 0 albs-sign detach --key "$key" text ;;
        clear) leaves_nothing 0 albs-sign clear --key "$key" text ;;
        *) return 1 ;;
        esac
    }
    ;;
albs-notarize)
    packages
    git init -q -b main package
    git -C package -c user.name=Packager -c user.email=packager@example.org commit -q --allow-empty -m 'Say hello'
    mkdir w
    /usr/bin/python3 "$ALBS_SOURCE/tests/fixture/witness.py" witness.example.org w </dev/null >w/out 2>&1 &
    defer "kill $!"
    tries=0
    until [ -s w/port ] || [ $tries = 200 ]; do tries=$((tries + 1)); sleep 0.05; done
    copy "$ALBS_WORKSPACE" kept
    seq 20000 >image
    digest=$(sha256sum <image | cut -d' ' -f1)
    albs-notarize files image >"$out" 2>"$err" || fail 'the image is not recorded'
    copy "$ALBS_WORKSPACE" kept-with-image
    log_key="$work/kept/ledger/log.vkey"
    work_of() {
        # A ledger of before is no rollback for a machine that remembers nothing.
        again() { rm -rf "$XDG_STATE_HOME" && copy kept "$ALBS_WORKSPACE"; }
        input=/dev/null
        case $1 in
        '')
            manifest_of hello 2.0 >again.json
            jq -c '.sources[].source_date_epoch += 1 | .tasks[].finished = "2026-01-01T00:00:09Z"' again.json \
                >other.json
            input=$work/other.json
            leaves_nothing 0 albs-notarize
            ;;
        init)
            again() { rm -rf new; }
            leaves_nothing 0 albs-notarize init --origin example.org/new --ledger new
            leaves_nothing 0 albs-notarize init --from "$ALBS_WORKSPACE/ledger" --ledger new \
                --key "$ALBS_WORKSPACE/ledger/.state/log.key"
            ;;
        verify) leaves_nothing 0 albs-notarize verify --log-key "$log_key" 1.0.ready.json ;;
        reproduced)
            printf 'log %s\n#albs: rebuilder one %064d\n#albs: reproduced any\nquorum none\n' "$(cat "$log_key")" 1 >r.policy
            leaves_nothing 1 albs-notarize reproduced --policy r.policy --ledger "$ALBS_WORKSPACE/ledger" 1.0.ready.json
            ;;
        audit) leaves_nothing 0 albs-notarize audit --log-key "$log_key" "$ALBS_WORKSPACE/ledger" ;;
        prove) leaves_nothing 0 albs-notarize prove 1.0.ready.json ;;
        show) leaves_nothing 0 albs-notarize show "$(sha256sum <"$signed" | cut -d' ' -f1)" ;;
        export)
            again() { rm -rf exported; }
            leaves_nothing 0 albs-notarize export --log-key "$log_key" exported 1.0.ready.json
            ;;
        files) leaves_nothing 0 albs-notarize files image ;;
        mark)
            again() { rm -rf "$XDG_STATE_HOME" && copy kept-with-image "$ALBS_WORKSPACE"; }
            leaves_nothing 0 albs-notarize mark --status revoked --reason 'it is a test' "$digest"
            ;;
        commits) leaves_nothing 0 albs-notarize commits package ;;
        witness) leaves_nothing 0 albs-notarize witness --witness-key w/vkey "http://127.0.0.1:$(cat w/port)/" ;;
        rotate-key) leaves_nothing 0 albs-notarize rotate-key ;;
        *) return 1 ;;
        esac
    }
    ;;
albs-release)
    packages
    albs-release -q --to kept --key "$key" 1.0.ready.json >"$out" 2>"$err" || fail 'no release'
    copy_tree() { rm -rf repo repo.* && for part in kept.*; do cp -a "$part" "repo${part#kept}"; done &&
        ln -s "$(readlink kept | sed 's/^kept/repo/')" repo; }
    albs-release -q --to kept --key "$key" 2.0.ready.json >"$out" 2>"$err" || fail 'no second release'
    cat >advisory.json <<'END'
{"schema": "albs.advisory/1", "id": "ALSA-2026:A001", "type": "security", "severity": "Important",
 "title": "hello security update", "description": "Less is more.", "issued": "2026-02-01T10:20:30Z",
 "references": [], "packages": ["hello"], "reboot_suggested": false}
END
    work_of() {
        again() { copy_tree; }
        input=/dev/null
        case $1 in
        '')
            again() { rm -rf repo repo.*; }
            input=$work/1.0.ready.json
            leaves_nothing 0 albs-release --to repo --key "$key"
            ;;
        plan)
            again() { rm -rf repo repo.*; }
            input=$work/1.0.ready.json
            leaves_nothing 0 albs-release plan --to repo --key "$key"
            ;;
        revert) leaves_nothing 0 albs-release revert repo ;;
        check) leaves_nothing 0 albs-release check repo ;;
        errata) leaves_nothing 0 albs-release errata --to repo --key "$key" advisory.json ;;
        *) return 1 ;;
        esac
    }
    ;;
albs-sbom)
    packages
    albs-sbom --format cyclonedx 1.0.ready.json >one.json 2>"$err" || fail 'no document'
    albs-sbom --format cyclonedx 2.0.ready.json >two.json 2>"$err" || fail 'no second document'
    work_of() {
        input=/dev/null
        case $1 in
        '') leaves_nothing 0 albs-sbom --format cyclonedx -o new.json 1.0.ready.json ;;
        verify) leaves_nothing 0 albs-sbom verify one.json "$signed" ;;
        diff) leaves_nothing 1 albs-sbom diff one.json two.json ;;
        check) leaves_nothing 1 albs-sbom check --profile ntia one.json ;;
        *) return 1 ;;
        esac
    }
    ;;
*) fail "tests/laws/leaves-nothing.sh does not know $tool" ;;
esac
[ "$tool" = albs-echo ] || verbs() { "$tool" --describe | awk -F'\t' '$2 == "" {print $1}'; }
verbs >"$work/.verbs"
# Lines may be empty.
while IFS= read -r verb <&3; do
    work_of "$verb" || fail "tests/laws/leaves-nothing.sh does not know $tool $verb"
done 3<"$work/.verbs"
no_faults
