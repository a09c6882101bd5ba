// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "git/handles.hpp"
#include "git/library.hpp"
#include "git/location.hpp"
#include "sys/module.hpp"

namespace albs::git {
namespace {

Person person_of(const git_signature* who)
{
    return {who->name, who->email, who->when.time, who->when.offset};
}

Result<git_oid> parse_id(std::string_view text)
{
    git_oid id;
    if (!is_full_id(text) || git_oid_fromstrn(&id, text.data(), text.size()) != 0)
        return fail(Kind::input, "'" + std::string(text) + "' is not a git object id");
    return id;
}

Result<CommitHandle> find_commit(git_repository* repository, std::string_view text)
{
    ALBS_TRY(git_oid id, parse_id(text));
    git_commit* commit = nullptr;
    if (git_commit_lookup(&commit, repository, &id) != 0)
        return fail(Kind::input, "commit " + std::string(text) + " cannot be read: " + last_problem());
    return CommitHandle(commit);
}

bool is_safe_name(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return !name.empty() && name != "." && name != ".." && lower != ".git" && name.find('/') == std::string_view::npos;
}

EntryKind kind_of(git_filemode_t mode)
{
    switch (mode) {
    case GIT_FILEMODE_TREE: return EntryKind::directory;
    case GIT_FILEMODE_BLOB_EXECUTABLE: return EntryKind::executable;
    case GIT_FILEMODE_LINK: return EntryKind::link;
    case GIT_FILEMODE_COMMIT: return EntryKind::submodule;
    default: return EntryKind::file;
    }
}

Status list_tree(git_repository* repository, const git_oid* id, const std::string& prefix, int depth,
                 std::vector<Entry>& entries)
{
    git_tree* raw = nullptr;
    if (depth > 64 || git_tree_lookup(&raw, repository, id) != 0)
        return fail(Kind::input, "tree '" + prefix + "' cannot be read: " + (depth > 64 ? "too deep" : last_problem()));
    TreeHandle tree(raw);
    for (std::size_t i = 0; i < git_tree_entrycount(raw); ++i) {
        const git_tree_entry* entry = git_tree_entry_byindex(raw, i);
        std::string name = git_tree_entry_name(entry);
        if (!is_safe_name(name))
            return fail(Kind::input, "the tree holds a name that no checkout may hold: '" + prefix + name + "'");
        entries.push_back({prefix + name, kind_of(git_tree_entry_filemode(entry)), text_of(*git_tree_entry_id(entry))});
        if (entries.size() > 1000000)
            return fail(Kind::input, "the tree holds more than a million entries");
        if (entries.back().kind == EntryKind::directory)
            ALBS_CHECK(list_tree(repository, git_tree_entry_id(entry), prefix + name + "/", depth + 1, entries));
    }
    return {};
}

} // namespace

std::string text_of(const git_oid& id)
{
    char text[GIT_OID_HEXSZ + 1];
    return git_oid_tostr(text, sizeof text, &id);
}

std::string last_problem()
{
    const git_error* error = git_error_last();
    return error != nullptr && error->message != nullptr ? error->message : "unknown problem";
}

int start()
{
    static const int started = [] {
        int count = git_libgit2_init();
        // Our cache may lie in a workspace that several users share; what is read is checked by its hash.
        (void)git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
        for (int level : {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG})
            (void)git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "/nonexistent");
        return count;
    }();
    return started;
}

Result<std::unique_ptr<Repository>> Library::open(const std::string& path) const
{
    git_repository* handle = nullptr;
    if (start() < 1 || git_repository_open_bare(&handle, path.c_str()) != 0)
        return fail(Kind::environment, "cannot open git repository '" + path + "': " + last_problem());
    return std::make_unique<Repository>(std::shared_ptr<git_repository>(handle, git_repository_free));
}

Repository::Repository(std::shared_ptr<git_repository> handle) : handle_(std::move(handle)) {}

Repository::~Repository() = default;

Result<std::string> Repository::raw_commit(std::string_view id) const
{
    git_oid oid;
    git_odb* raw_odb = nullptr;
    if (git_oid_fromstrn(&oid, id.data(), id.size()) != 0 || git_repository_odb(&raw_odb, handle_.get()) != 0)
        return fail(Kind::input, "no commit '" + std::string(id) + "'");
    Odb odb(raw_odb);
    git_odb_object* raw = nullptr;
    if (git_odb_read(&raw, odb.get(), &oid) != 0)
        return fail(Kind::input, "no commit '" + std::string(id) + "'");
    OdbObject object(raw);
    if (git_odb_object_type(raw) != GIT_OBJECT_COMMIT)
        return fail(Kind::input, "'" + std::string(id) + "' is no commit");
    return std::string(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

Result<std::string> Repository::revision(const std::string& expression) const
{
    git_object* found = nullptr;
    int code = git_revparse_single(&found, handle_.get(), (expression + "^{commit}").c_str());
    Object commit(found);
    if (code != 0)
        return fail(Kind::input, "the repository has no '" + expression + "'", "name a branch, a tag or a commit id");
    char text[GIT_OID_HEXSZ + 1];
    return std::string(git_oid_tostr(text, sizeof text, git_object_id(commit.get())));
}

bool Repository::has_commit(std::string_view id) const
{
    return find_commit(handle_.get(), id).has_value();
}

Result<Commit> Repository::commit(std::string_view id) const
{
    ALBS_TRY(CommitHandle handle, find_commit(handle_.get(), id));
    Commit commit;
    commit.id = id;
    commit.tree = text_of(*git_commit_tree_id(handle.get()));
    for (unsigned i = 0; i < git_commit_parentcount(handle.get()); ++i)
        commit.parents.push_back(text_of(*git_commit_parent_id(handle.get(), i)));
    commit.author = person_of(git_commit_author(handle.get()));
    commit.committer = person_of(git_commit_committer(handle.get()));
    commit.message = git_commit_message_raw(handle.get());
    git_oid oid = *git_commit_id(handle.get());
    git_buf signature = GIT_BUF_INIT;
    git_buf text = GIT_BUF_INIT;
    if (git_commit_extract_signature(&signature, &text, handle_.get(), &oid, nullptr) == 0) {
        commit.signature.assign(signature.ptr, signature.size);
        commit.signed_text.assign(text.ptr, text.size);
    }
    git_buf_dispose(&signature);
    git_buf_dispose(&text);
    return commit;
}

Result<std::vector<std::string>> Repository::ancestors(std::string_view id) const
{
    ALBS_TRY(CommitHandle commit, find_commit(handle_.get(), id));
    git_revwalk* raw = nullptr;
    if (git_revwalk_new(&raw, handle_.get()) != 0)
        return fail(Kind::internal, "cannot walk the history: " + last_problem());
    Walk walk(raw);
    (void)git_revwalk_sorting(raw, GIT_SORT_NONE); // as rev-list: newest commit time first, ties in order of discovery
    (void)git_revwalk_push(raw, git_commit_id(commit.get()));
    std::vector<std::string> list;
    git_oid next;
    int code = 0;
    while ((code = git_revwalk_next(&next, raw)) == 0)
        list.push_back(text_of(next));
    if (code != GIT_ITEROVER)
        return fail(Kind::input, "the history of commit " + std::string(id) + " has a gap: " + last_problem());
    if (!list.empty())
        list.erase(list.begin());
    return list;
}

Result<std::vector<Entry>> Repository::list(std::string_view commit) const
{
    ALBS_TRY(CommitHandle handle, find_commit(handle_.get(), commit));
    std::vector<Entry> entries;
    ALBS_CHECK(list_tree(handle_.get(), git_commit_tree_id(handle.get()), "", 0, entries));
    return entries;
}

Result<std::string> Repository::blob(std::string_view id) const
{
    ALBS_TRY(git_oid oid, parse_id(id));
    git_blob* raw = nullptr;
    if (git_blob_lookup(&raw, handle_.get(), &oid) != 0)
        return fail(Kind::input, "file object " + std::string(id) + " cannot be read: " + last_problem());
    BlobHandle blob(raw);
    return std::string(static_cast<const char*>(git_blob_rawcontent(raw)),
                       static_cast<std::size_t>(git_blob_rawsize(raw)));
}

} // namespace albs::git

ALBS_DRIVER(git)
