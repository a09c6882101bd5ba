# SPDX-License-Identifier: GPL-3.0-or-later
# A pipe that nobody writes to, a device and a directory, in place of each file that a tool can be given: nothing waits
# for ever, nothing is read without end, and each is one error with empty stdout. What a shell puts through a pipe is read.
tool=$1
. "$ALBS_SOURCE/tests/lib.sh"
PATH="$ALBS_BUILD/tests:$PATH"
ALBS_WORKSPACE="$work/workspace"
export ALBS_WORKSPACE PATH
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
mkfifo pipe
mkdir directory
: >text

# uses: a line for each file that the tool can be given: its words, with @ for the file, and what it reads on stdin.
case $tool in
albs-echo) uses() { printf '%s\n' @ "-o out --put @ $manifest"; } ;;
albs-fetch) uses() { printf '%s\n' '--from @' '--keyring @ text' '--platforms @ --platform x text' @.src.rpm; } ;;
albs-build)
    uses() {
        printf '%s\n' @ 'plan @' 'srpm @' 'reproduce @' 'log --manifest @' 'log --tail @' 'gc --unused 1d --keep @' \
            "--lock @ $manifest" "plan --lock @ $manifest" 'lock --lock @' 'lock --import @ --repo file:///nonexistent' \
            'lock --repo file:///nonexistent @.src.rpm' 'lock --repo file:///nonexistent --key @ bash' \
            'lock --repo @.repo bash' 'lock --repo file:///nonexistent --build-configs @ text.src.rpm'
        for verb in '' 'plan ' 'srpm '; do
            for option in --build-configs --log-key --policy '--platform x --platforms'; do
                echo "$verb$option @ $manifest"
            done
        done
        echo 'lock --platform x --platforms @ bash'
        echo "--backend chroot --repo file:///nonexistent --linked @ $manifest"
    }
    ;;
albs-test) uses() { printf '%s\n' @ "--skip @ $manifest" "--log-key @ $manifest" "--policy @ $manifest" \
    "--with-rpmlint --rpmlintrc @ $manifest" "--with-rpminspect --rpminspect-config @ $manifest"; } ;;
albs-sign)
    uses() {
        for option in --log-key --policy; do echo "--key 0123456789ABCDEF0123456789ABCDEF01234567 $option @ $manifest"; done
        printf '%s\n' 'verify --cert @ text' 'unsign @' 'unsign --manifest @ text' \
            'sign --key 0123456789ABCDEF0123456789ABCDEF01234567 @' '--key 0123456789ABCDEF0123456789ABCDEF01234567 @'
    }
    ;;
albs-notarize)
    albs-notarize -q init --origin log.example.org/a >"$out" 2>"$err" || fail 'no ledger'
    vkey=$ALBS_WORKSPACE/ledger/log.vkey
    # What comes through pipes is read, but for private keys.
    cp "$ALBS_WORKSPACE/ledger/.state/log.key" log.key
    for file in "$vkey" "$manifest"; do
        mkfifo "${file##*/}"
        cat "$file" >"${file##*/}" &
    done
    expect 1 albs-notarize verify --log-key log.vkey manifest.json
    expect_stderr 'the manifest holds no notarization of it'
    wait
    cat log.key >pipe &
    writer=$!
    expect_refusal 3 "'pipe' is a pipe, and no regular file" albs-notarize init --ledger new --origin log.example.org/b \
        --key pipe
    kill $writer 2>"$err" || : # it ended when its reader did
    uses() {
        printf '%s\n' @ 'verify @' "audit --checkpoint @ --log-key $vkey $ALBS_WORKSPACE/ledger" 'files @' \
            'init --ledger new --origin log.example.org/b --key @' 'witness --witness-key @ http://127.0.0.1:9/' \
            'init --ledger new --origin log.example.org/b --statement-key @' 'prove @' "--statement-key @ $manifest" \
            'files --statement-key @ text' 'rotate-key --key @' 'rotate-key --statement-key @' \
            "mark --status revoked --reason x --statement-key @ $(printf %064d 0)"
        for verb in verify 'audit .' "show $(printf %064d 0)" 'prove' 'export out'; do
            for option in --log-key --policy; do echo "$verb $option @"; done
        done
        echo "--policy @ $manifest"
        echo "reproduced --policy @ $manifest"
        echo "export --repodata @ out $manifest"
    }
    ;;
albs-release)
    uses() {
        for verb in '' 'plan '; do
            for option in --log-key --policy; do
                echo "$verb--to repo --key 0123456789ABCDEF0123456789ABCDEF01234567 $option @ $manifest"
            done
        done
        printf '%s\n' '--to repo --key 0123456789ABCDEF0123456789ABCDEF01234567 @' 'check --cert @ .' 'errata --to repo @'
    }
    ;;
albs-sbom)
    uses() {
        printf '%s\n' @ @.rpm 'verify @' 'diff @ @' 'check --profile ntia @' "verify --log-key @ $manifest" \
            "verify --policy @ $manifest"
    }
    ;;
esac

# Each option of the tool and its verbs that names a file is among them.
for verb in '' $("$tool" --help | sed -n '/^Verbs/,/^$/s/^  \([a-z-][a-z-]*\) .*/\1/p'); do
    # shellcheck disable=SC2086 # none or one
    for option in $("$tool" $verb --help | sed -n 's/^ .*\(--[a-z-]*\) FILE$/\1/p; s/^ .*\(--[a-z-]*\) FILE .*/\1/p' | grep -vx -e --output); do
        uses | grep -qe "$option @" || fail "no use of $verb $option is tried"
    done
done

# tried WORDS: with each kind of file, at once; what they come to is in files by number.
number=0
tried() {
    for kind in pipe device directory; do
        number=$((number + 1))
        case $kind in
        pipe) file=$work/pipe ;;
        device) file=/dev/zero ;;
        directory) file=$work/directory ;;
        esac
        case $1 in # names by which files are told apart
        *@.*)
            name=$work/$kind${1#*@} name=${name%% *}
            ln -sf "$file" "$name"
            words=$(printf '%s' "$1" | sed "s|@\.[a-z.]*|$name|g")
            ;;
        *) words=$(printf '%s' "$1" | sed "s|@|$file|g") ;;
        esac
        echo "$tool $words" >"$number.words"
        # shellcheck disable=SC2086 # words
        (
            status=0
            timeout 60 "$tool" $words </dev/null >"$number.out" 2>"$number.err" || status=$?
            echo $status >"$number.status"
        ) &
    done
}
uses >list
while read -r line; do
    tried "$line"
    wait
done <list
faults=0
while [ $number -gt 0 ]; do
    words=$(cat $number.words) status=$(cat $number.status)
    case $status in
    2 | 3 | 5) ;;
    *)
        echo "'$words' gave status $status: $(tail -n 2 $number.err)" >&2
        faults=$((faults + 1))
        ;;
    esac
    [ ! -s $number.out ] || { echo "'$words' printed on stdout" >&2; faults=$((faults + 1)); }
    [ "$(grep -c 'error: ' $number.err)" = 1 ] || { echo "'$words': $(cat $number.err)" >&2; faults=$((faults + 1)); }
    number=$((number - 1))
done
[ $faults = 0 ] || fail "$faults faults"
