# SPDX-License-Identifier: GPL-3.0-or-later
# verify follows the records of commits along their parents, through merges, to the first ones; a gap and a
# contradiction are told apart.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
. "$ALBS_SOURCE/tests/fixture/server.sh"
command -v git >/dev/null || skip 'no git'
GIT_CONFIG_GLOBAL=/dev/null
GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
export GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_AUTHOR_DATE \
    GIT_COMMITTER_DATE
commit() {
    echo "$1" >"$1"
    git add "$1"
    git commit -qm "$1"
}
git init -q -b main repo
(
    cd repo || exit 1
    commit one
    git checkout -qb side
    commit two
    git checkout -q main
    commit three
    git merge -q --no-ff -m merge side
    commit five
    git branch early HEAD~2
) || fail 'cannot make the repository'
head=$(git -C repo rev-parse HEAD)
tree=$(git -C repo rev-parse 'HEAD^{tree}')
# notarized COMMIT TREE: a manifest whose source is that commit, recorded.
notarized() {
    jq -c --arg c "$1" --arg t "$2" '.sources[0].commit = $c | .sources[0].tree = $t' "$manifest" |
        albs-notarize -q 2>"$err" || fail 'not recorded'
}
notarized "$head" "$tree" >m.json
verify() { albs-notarize verify --log-key "$key" --ledger "$ALBS_LEDGER" "$@"; }
expect 0 verify m.json
! grep -q history "$out" || fail 'a history out of nothing'
expect 1 verify --require-history m.json
expect_stdout '^absent history p@0123456789ab$'
expect_stderr "commit $head is not recorded"
# The last two alone: the log does not have what led to them.
expect 0 albs-notarize commits repo early..main
expect 1 verify --require-history m.json
expect_stderr "a parent of [0-9a-f]*, is not recorded"
expect 0 verify m.json
expect 0 albs-notarize commits repo
expect 0 verify --require-history m.json
expect_stdout '^verified history p@0123456789ab commits=5$'
# Offline from a copy without its private files, and over the network from a server of that copy.
mkdir -p served/files
(cd "$ALBS_LEDGER" && tar cf - --exclude=.state .) | tar xf - -C served/files
expect 0 albs-notarize verify --require-history --log-key "$key" --ledger served/files m.json
expect_stdout '^verified history p@0123456789ab commits=5$'
start_server served || skip 'no server'
defer stop_server
expect 0 albs-notarize verify --require-history --log-key "$key" --ledger "$files_url" m.json
expect_stdout '^verified history p@0123456789ab commits=5$'
grep -q '^GET /files/attestations/000.intoto.jsonl 200$' "$server_log" || fail 'the server was not asked for statements'
grep -q '^GET /files/tile/entries/000.p/' "$server_log" || fail 'the server was not asked for entries'
# The source's tree is not the recorded commit's.
notarized "$head" "$(git -C repo rev-parse 'HEAD~1^{tree}')" >other.json
expect 4 verify other.json
expect_empty_stdout
expect_stderr "records commit $head with the tree $tree, the manifest has"
# A revoked ancestor.
expect 0 albs-notarize mark --reason 'its author was not who they said' "$(git -C repo rev-parse side)"
expect 1 verify --require-history m.json
expect_stdout '^revoked history p@0123456789ab$'
expect 2 albs-notarize verify --require-history --log-key "$key" m.json
expect_stderr 'needs the log'
# A source without a commit has no history.
jq -c '.sources[0].commit = null' "$manifest" | albs-notarize -q >none.json 2>"$err" || fail 'not recorded'
expect 1 verify --require-history none.json
expect_stderr 'not made from a commit'
# Half a history cannot be recorded as if it were whole.
git clone -q --depth 1 "file://$PWD/repo" shallow
expect 3 albs-notarize commits shallow
expect_stderr 'shallow clone'
expect_stderr 'git fetch --unshallow'
