# SPDX-License-Identifier: GPL-3.0-or-later
# A log whose records of commits contradict each other proves nothing: status 4, the reason, and no report. No tool
# writes such a log, so its statements are made here.
. "$ALBS_SOURCE/tests/lib.sh"
[ -x "$ALBS_BUILD/tests/ledger-append" ] || skip 'ledger-append is not built'
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
id() { printf "%040d" "$1"; }
key() { printf "%064d" "$1"; }
tip=$(jq -r '.sources[0].commit' "$manifest")
tree=$(jq -r '.sources[0].tree' "$manifest")
# commit ID KEY TREE [PARENT PARENTKEY]...: the statement about one commit, whose record of ALBS leaves ancestors out.
commit() {
    jq -nc --arg id "$1" --arg key "$2" --arg tree "$3" '$ARGS.positional[3:] as $p |
        {_type: "https://in-toto.io/Statement/v1", subject: [{name: "r", digest: {gitCommit: $id}}, {name: $id, digest: {sha256: $key}}],
         predicateType: "https://build.almalinux.org/attestation/git-commit/v1",
         predicate: {$key, $tree, parents: [range(0; $p | length; 2) | {commit: $p[.], key: $p[. + 1]}],
            albs_record: {key: "k", value: {Name: "n", Kind: "git", Size: "1.00 B", Hash: "k", Signer: "s",
               Metadata: {git: {Commit: $id, Tree: $tree, Parents: null}}}}}}' --args "$@"
}
# With all its ancestors, as ALBS writes it: the key is the digest of the text that Python's json.dumps makes.
with_ancestors() {
    python3 -c '
import hashlib, json, sys
statement = json.load(sys.stdin)
record = statement["predicate"]["albs_record"]
record["value"]["Metadata"]["git"]["Parents"] = sys.argv[1:]
record["key"] = hashlib.sha256(json.dumps(record["value"]["Metadata"]["git"]).encode()).hexdigest()
print(json.dumps(statement))' "$@"
}
# log <STATEMENTS: a log of just these.
logs=0
log() {
    logs=$((logs + 1))
    expect 0 albs-notarize init --origin "log$logs.example.org" --ledger "ledger$logs"
    expect_from 0 "$1" "$ALBS_BUILD/tests/ledger-append" "ledger$logs"
}
verify() { albs-notarize verify --require-history --log-key "ledger$logs/log.vkey" --ledger "ledger$logs" "$manifest"; }
refused() {
    log statements
    expect 4 verify
    expect_empty_stdout
    expect_stderr "$1"
}
# What is right passes, so that what follows fails for its own reason alone (1: the manifest's records are not in
# there).
{
    commit "$(id 1)" "$(key 1)" "$tree"
    commit "$tip" "$(key 2)" "$tree" "$(id 1)" "$(key 1)" | with_ancestors "$(id 1)"
} >statements
log statements
expect 1 verify
expect_stdout '^verified history p@0123456789ab commits=2$'
# The child names another key for its parent than the parent has.
{
    commit "$(id 1)" "$(key 1)" "$tree"
    commit "$tip" "$(key 2)" "$tree" "$(id 1)" "$(key 9)"
} >statements
refused "entry 0 of the log records commit $(id 1) as $(key 1), its child $tip as $(key 9)"
# Two records of one commit that disagree: about its tree, its key, its parents.
for other in "$(key 1) $(id 8)" "$(key 7) $tree" "$(key 1) $tree $(id 3) $(key 3)"; do
    {
        commit "$(id 1)" "$(key 1)" "$tree"
        # shellcheck disable=SC2086 # words
        commit "$(id 1)" $other
        commit "$tip" "$(key 2)" "$tree" "$(id 1)" "$(key 1)"
    } >statements
    refused "entries 0 and 1 of the log contradict each other about commit $(id 1)$"
done
# The tip's record of ALBS names other ancestors than its parents' records lead to: one more, one less.
for ancestors in "$(id 1) $(id 5)" ''; do
    {
        commit "$(id 1)" "$(key 1)" "$tree"
        # shellcheck disable=SC2086 # words
        commit "$tip" "$(key 2)" "$tree" "$(id 1)" "$(key 1)" | with_ancestors $ancestors
    } >statements
    refused 'entry 1 of the log names other ancestors than the records of its parents lead to$'
done
# A circle: of two, and of one that is its own parent.
{
    commit "$(id 1)" "$(key 1)" "$tree" "$tip" "$(key 2)"
    commit "$tip" "$(key 2)" "$tree" "$(id 1)" "$(key 1)"
} >statements
refused "the records of commits lead in a circle from $tip$"
commit "$tip" "$(key 2)" "$tree" "$tip" "$(key 2)" >statements
refused "the records of commits lead in a circle from $tip$"
# Records that are not what they call themselves.
commit "$tip" "$(key 2)" "$tree" | with_ancestors "$(id 1)" |
    jq -c '.predicate.albs_record.key = .predicate.key' >statements
refused 'entry 0 of the log has a record whose key is not its digest$'
commit "$tip" "$(key 2)" "$tree" | jq -c '.predicate.albs_record.value.Metadata.git.Commit = "x"' >statements
refused 'entry 0 of the log records another commit than it says$'
commit "$tip" "$(key 2)" "$tree" | jq -c --arg other "$(key 4)" '.predicate.key = $other' >statements
refused "entry 0 of the log calls itself a commit's and is not$"
