# SPDX-License-Identifier: GPL-3.0-or-later
# A log of 768 entries or more lists its changes of status. Who asks about a file with its proof, or with a manifest,
# reads the end of the log, and hears of a revocation of what the file was made from. Lists that are withheld, or signed
# by others, only cost time; false ones are a contradiction, and an audit finds what a list leaves out.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
append="$ALBS_BUILD/tests/ledger-append"
[ -x "$append" ] || skip 'ledger-append is not built'
XDG_CACHE_HOME="$work/cache"
export XDG_CACHE_HOME
# A package of the manifest whose bytes are at hand, with its proof beside it.
mkdir beside
echo package >beside/p1-1-1.x86_64.rpm
digest_of() { sha256sum "$1" | cut -c1-64; }
package=$(digest_of beside/p1-1-1.x86_64.rpm)
sed "s/ff83b8ab955e1678306d07dff62b1b2e0eb36885267ab14bdd9818c31886413a/$package/g" "$manifest" >m.json
commit=$(jq -r '.sources[0].commit' m.json)
expect_from 0 m.json albs-notarize
cp "$out" good.json
expect_from 0 good.json albs-notarize export --log-key "$key" beside
# statements FIRST COUNT: about files that nobody has.
statements() {
    seq "$1" $(($1 + $2 - 1)) | while read -r i; do
        printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%064d"}}],"predicateType":"https://example.org/test/v1","predicate":{}}\n' "$i"
    done
}
# fill FIRST COUNT: a commit of these.
fill() { statements "$1" "$2" | "$append" "$ALBS_LEDGER" || fail 'cannot append'; }
fill 1 1000
fill 2001 1000
fill 4001 900
printf x >bare
expect 0 albs-notarize files bare

start_server "$work/server"
trap stop_server EXIT
publish() {
    rm -rf "$work/server/files/log"
    mkdir "$work/server/files/log"
    (cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C "$work/server/files/log"
}
publish
verify() { albs-notarize verify --log-key "$key" --ledger "$files_url/log" "$@"; }
asked() { wc -l <"$server_log"; }
# look STATUS WORD MOST...: what is said of the package, in at most MOST requests.
look() {
    : >"$server_log"
    wanted_status=$1 word=$2 most=$3
    shift 3
    expect "$wanted_status" verify "$@" beside/p1-1-1.x86_64.rpm
    expect_stdout "^$word beside/p1-1-1.x86_64.rpm\$"
    [ "$(asked)" -le "$most" ] || fail "$(asked) requests, not $most: $(cat "$server_log")"
}
reads_all() { grep -q 'attestations/000' "$server_log"; }

# 2908 entries, 12 bundles. Before, all of them were read: 39 requests.
look 0 verified 14
! reads_all || fail 'the whole log was read'
look 0 verified 7
look 0 verified 6 good.json
rm -rf "$XDG_CACHE_HOME"
: >"$server_log"
expect 0 verify bare
[ "$(asked)" -ge 26 ] || fail 'not all was read for a file without a proof'
rm -rf "$XDG_CACHE_HOME"
# A revocation of the commit, listed at once: the package beside it and the manifest say what was made from it.
expect 0 albs-notarize mark --reason 'a backdoor' "$commit"
mark=$(sed 's/.*#//' "$out")
list=$((mark + 1))
publish
look 1 revoked 6 --require-status
expect_stderr "entry $mark of the log says that it is revoked: a backdoor"
look 1 revoked 6 --require-status good.json
expect 1 verify good.json
expect_stdout "^revoked p1-1-1.x86_64.rpm $package\$"
# What the list covers may be withheld.
line() { echo $(($1 % 256 + 1)); }
file() { printf '%s/log/attestations/%03d.intoto.jsonl' "$work/server/files" $(($1 / 256)); }
hide() { sed -i "$(line "$1")s/.*//" "$(file "$1")"; }
hide "$mark"
look 1 revoked 6 --require-status
# A list that is withheld: everything is read, and the answer is the same.
publish
hide "$list"
look 1 revoked 99
reads_all || fail 'without its list, the log was not read'
expect_stderr '1 statements of the log are withheld'
# One that is damaged, or whose signature is.
publish
sed -i "$(line $list)s/.*/{}/" "$(file $list)"
expect 4 verify beside/p1-1-1.x86_64.rpm
expect_empty_stdout
expect_stderr "$(basename "$(file $list)")"
publish
sed -i "$(line $list)s/\"sig\":\"MEU\(....\)/\"sig\":\"MEUAAAA/; $(line $list)s/\"sig\":\"MEQ\(....\)/\"sig\":\"MEQAAAA/; $(line $list)s/\"sig\":\"MEY\(....\)/\"sig\":\"MEYAAAA/" "$(file $list)"
expect 4 verify beside/p1-1-1.x86_64.rpm
expect_empty_stdout
# By a key that the policy does not list for it.
publish
signer=$(jq -r '.statement_keys[0]' "$ALBS_LEDGER/log.json" | base64 -d | sha256sum | cut -c1-64)
for kinds in build,srpm,source,file,status,statuses build,srpm,source,file,status; do
    printf 'log %s\nquorum none\n#albs: statement-key %s %s\n' "$(cat "$key")" "$signer" $kinds >policy
    rm -rf "$XDG_CACHE_HOME"
    : >"$server_log"
    expect 1 albs-notarize verify --policy policy --ledger "$files_url/log" beside/p1-1-1.x86_64.rpm
    expect_stdout '^revoked'
    case $kinds in
    *,statuses) ! reads_all || fail 'a list was not used that the policy accepts' ;;
    *) reads_all || fail 'a list was used that the policy does not accept' ;;
    esac
done
# Declared valid again.
expect 0 albs-notarize mark --status valid --reason 'it was not' "$commit"
publish
look 0 verified 6 --require-status
# By a key that may not say so, to whom the policy does not listen: in a list, and read itself.
printf 'log %s\nquorum none\n#albs: statement-key %s build,srpm,source,file,statuses\n' "$(cat "$key")" "$signer" >policy
for valid in listed read; do
    expect 1 albs-notarize verify --policy policy --ledger "$files_url/log" beside/p1-1-1.x86_64.rpm
    expect_stdout '^revoked'
    hide $((mark + 3))
done
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
cp -r "$ALBS_LEDGER" honest
# The tools of the next stages ask the same way.
expect 0 albs-notarize mark --reason 'once more' "$commit"
mkdir -p work/ledger
cp -r "$ALBS_LEDGER/." work/ledger
expect_from 1 good.json albs-test --workspace work
expect_stderr 'not tested: entry [0-9]* of the log says that it is revoked: once more'
# A writer that lists what is not so. Readers believe it; an audit does not.
lie() {
    rm -rf lying elsewhere
    cp -r honest lying
    jq -cR '(fromjson | .payload) | @base64d | fromjson | select(.predicateType | endswith("/statuses/v1"))' \
        lying/attestations/*.jsonl | tail -1 | jq -c "$1" >statement
    XDG_STATE_HOME="$work/elsewhere" "$append" lying <statement || fail 'cannot append'
    expect 4 albs-notarize audit --remember "$work/elsewhere/albs/heads" --log-key "$key" lying
    expect_empty_stdout
    expect_stderr "statement [0-9]*: its list of statuses $2"
}
lie '.predicate.statuses = []' "leaves out entry $mark, which says that $commit is revoked"
lie '.predicate.statuses[0].entry = 5' "adds entry 5, which says that $commit is revoked; the log does not say that"
lie '.predicate.made_from = []' "leaves out that $package was made from $commit"
lie '.predicate.entries = 9999' 'is about 9999 entries, of which only'
lie '.subject[0].digest.sha256 = ("0" * 64)' 'is of another tree'
