// SPDX-License-Identifier: GPL-3.0-or-later
// All that a commit leads to, and a repository made of it.
#include <algorithm>
#include <set>

#include "git/bundle.hpp"
#include "git/handles.hpp"
#include "git/library.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

constexpr int max_depth = 64; ///< of directories

using RepositoryHandle = std::unique_ptr<git_repository, Releaser<git_repository_free>>;
using Indexer = std::unique_ptr<git_indexer, Releaser<git_indexer_free>>;
using Index = std::unique_ptr<git_index, Releaser<git_index_free>>;

Status add_tree(git_repository* repository, const git_oid* id, int depth, std::set<std::string>& ids)
{
    if (!ids.insert(text_of(*id)).second)
        return {};
    git_tree* raw = nullptr;
    if (depth > max_depth || git_tree_lookup(&raw, repository, id) != 0)
        return fail(Kind::input,
                    "tree " + text_of(*id) + " cannot be read: " + (depth > max_depth ? "too deep" : last_problem()));
    TreeHandle tree(raw);
    for (std::size_t i = 0; i < git_tree_entrycount(raw); ++i) {
        const git_tree_entry* entry = git_tree_entry_byindex(raw, i);
        switch (git_tree_entry_filemode(entry)) {
        case GIT_FILEMODE_TREE: ALBS_CHECK(add_tree(repository, git_tree_entry_id(entry), depth + 1, ids)); break;
        case GIT_FILEMODE_COMMIT: break; // a submodule is in another repository
        default: ids.insert(text_of(*git_tree_entry_id(entry)));
        }
    }
    return {};
}

tl::unexpected<Error> cannot_restore(const char* what)
{
    return fail(Kind::input, std::string("cannot ") + what + ": " + last_problem());
}

Status add_objects(git_repository* repository, const std::string& directory, std::string_view pack)
{
    git_odb* raw_odb = nullptr;
    if (git_repository_odb(&raw_odb, repository) != 0)
        return cannot_restore("open the objects");
    Odb odb(raw_odb);
    git_indexer* raw = nullptr;
    if (git_indexer_new(&raw, (directory + "/.git/objects/pack").c_str(), 0, odb.get(), nullptr) != 0)
        return cannot_restore("read the history");
    Indexer indexer(raw);
    git_indexer_progress progress = {};
    if (git_indexer_append(raw, pack.data(), pack.size(), &progress) != 0 || git_indexer_commit(raw, &progress) != 0)
        return cannot_restore("read the history");
    if (git_odb_refresh(odb.get()) != 0)
        return cannot_restore("open the objects");
    return {};
}

/// The indexer's own look at that takes the commit of a submodule for a gap.
Status check_whole(git_repository* repository, const std::string& commit)
{
    git_odb* raw_odb = nullptr;
    if (git_repository_odb(&raw_odb, repository) != 0)
        return cannot_restore("open the objects");
    Odb odb(raw_odb);
    Repository whole(std::shared_ptr<git_repository>(repository, [](git_repository*) {}));
    ALBS_TRY(std::vector<std::string> ids, whole.reachable(commit));
    for (const std::string& id : ids) {
        git_oid oid;
        if (git_oid_fromstr(&oid, id.c_str()) != 0 || git_odb_exists(raw_odb, &oid) == 0)
            return fail(Kind::input, "the history lacks object " + id);
    }
    return {};
}

/// HEAD is the commit and no branch; the index is as after a checkout.
Status set_head(git_repository* repository, const std::string& commit)
{
    git_oid id;
    git_commit* raw_commit = nullptr;
    if (git_oid_fromstr(&id, commit.c_str()) != 0 || git_commit_lookup(&raw_commit, repository, &id) != 0)
        return cannot_restore("find the commit in its history");
    CommitHandle handle(raw_commit);
    git_tree* raw_tree = nullptr;
    if (git_commit_tree(&raw_tree, handle.get()) != 0)
        return cannot_restore("read the commit's tree");
    TreeHandle tree(raw_tree);
    git_index* raw_index = nullptr;
    if (git_repository_index(&raw_index, repository) != 0)
        return cannot_restore("make the index");
    Index index(raw_index);
    if (git_index_read_tree(raw_index, raw_tree) != 0 || git_index_write(raw_index) != 0 ||
        git_repository_set_head_detached(repository, &id) != 0)
        return cannot_restore("set HEAD");
    return {};
}

} // namespace

Result<std::vector<std::string>> Repository::reachable(std::string_view id) const
{
    ALBS_TRY(std::vector<std::string> commits, ancestors(id));
    commits.emplace_back(id);
    std::set<std::string> ids(commits.begin(), commits.end());
    for (const std::string& commit : commits) {
        ALBS_TRY(Commit read, this->commit(commit));
        git_oid tree;
        (void)git_oid_fromstr(&tree, read.tree.c_str());
        ALBS_CHECK(add_tree(handle_.get(), &tree, 0, ids));
    }
    return std::vector<std::string>(ids.begin(), ids.end());
}

Result<RawObject> Repository::object(const std::string& id) const
{
    git_oid oid;
    git_odb* raw_odb = nullptr;
    if (git_oid_fromstr(&oid, id.c_str()) != 0 || git_repository_odb(&raw_odb, handle_.get()) != 0)
        return fail(Kind::input, "no object '" + id + "'");
    Odb odb(raw_odb);
    git_odb_object* raw = nullptr;
    if (git_odb_read(&raw, odb.get(), &oid) != 0)
        return fail(Kind::input, "object " + id + " cannot be read: " + last_problem());
    OdbObject object(raw);
    return RawObject{static_cast<int>(git_odb_object_type(raw)),
                     {static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw)}};
}

Result<std::string> Library::restore(const std::string& bundle, const std::string& directory) const
{
    ALBS_TRY(std::string text, sys::read_file(bundle));
    ALBS_TRY(BundleHead head, read_bundle_head(text));
    start();
    git_repository* raw = nullptr;
    if (git_repository_init(&raw, directory.c_str(), 0) != 0)
        return fail(Kind::environment, "cannot make a git repository: " + last_problem());
    RepositoryHandle repository(raw);
    ALBS_CHECK(add_objects(raw, directory, std::string_view(text).substr(head.pack)));
    ALBS_CHECK(check_whole(raw, head.commit));
    ALBS_CHECK(set_head(raw, head.commit));
    return head.commit;
}

} // namespace albs::git
