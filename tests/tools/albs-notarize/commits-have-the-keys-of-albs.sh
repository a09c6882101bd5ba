# SPDX-License-Identifier: GPL-3.0-or-later
# The commits of the recipe in immudb-wrapper's vectors: both keys, byte for byte, made from a git repository.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v git >/dev/null || skip 'no git'
git init -q -b main repo
(
    cd repo || exit 1
    for i in 1 2 3; do
        echo $i >f
        git add f
        GIT_AUTHOR_NAME='Zoë Ünï' GIT_AUTHOR_EMAIL=z@x.org GIT_AUTHOR_DATE=2024-01-0${i}T10:00:00+0200 \
            GIT_COMMITTER_NAME='Zoë Ünï' GIT_COMMITTER_EMAIL=z@x.org GIT_COMMITTER_DATE=2024-01-0${i}T10:00:00+0200 \
            git commit -qm "commit $i – dash"
    done
) || fail 'cannot make the repository'
commit=da35d28f41f647a7551bd3113fadb537c8cd6d53
expect 0 albs-notarize commits --url https://git.almalinux.org/rpms/bash.git repo
expect_stdout "^$commit cb32247ccf79ae9d068152e0800b101ed56e788683743c122e7d9352c4a03ed4 log.example.org#2$"
expect_stderr 'recorded 3 commits'
cp "$out" first
expect 0 albs-notarize show $commit
expect_json '.entries[0].predicate.key' 62b9627ed10517f22a8a9396c352968e402f54762d850b65b9bb08717386afcc
expect_json '.entries[0].predicate.albs_record.value.Name' git@git.almalinux.org:rpms/bash.git@da35d28
# It names its parent's record by its key.
parent=$(jq -r '.entries[0].predicate.parents[0].key' "$out")
expect 0 albs-notarize show "$parent"
expect_json '.entries[0].predicate.albs_record.value.Metadata.git.Commit' caf30ec15cd4682e08fac97be353ffbbd815efbb
# Again: the same entries.
expect 0 albs-notarize commits --url https://git.almalinux.org/rpms/bash.git repo
same "$out" first
expect 3 albs-notarize commits repo nowhere
expect_stderr "has no 'nowhere'"
# Of a range that ends in ancestors, what git says.
for range in HEAD~1..HEAD HEAD^..HEAD HEAD~2..HEAD~1 main~1.. HEAD~1 main^; do
    expect 0 albs-notarize commits --url https://git.almalinux.org/rpms/bash.git repo "$range"
    cut -d' ' -f1 "$out" >ours
    git -C repo rev-list --reverse "$range" >theirs
    same ours theirs
done
# Nothing is recorded when a name is none.
cp "$ALBS_LEDGER/checkpoint" before
for range in HEAD~3..HEAD nowhere..HEAD HEAD..nowhere nowhere~1 HEAD^2 'HEAD^{tree}' HEAD~x; do
    expect 3 albs-notarize commits repo "$range"
    expect_empty_stdout
    expect_stderr 'hint: name a branch, a tag or a commit id'
done
expect 5 albs-notarize commits "$work/no-repository"
expect_empty_stdout
same before "$ALBS_LEDGER/checkpoint"
