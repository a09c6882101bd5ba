// SPDX-License-Identifier: GPL-3.0-or-later
// From what a user calls a revision to a commit.
#include <algorithm>

#include "base/format.hpp"
#include "git/handles.hpp"
#include "git/location.hpp"
#include "git/repository.hpp"

namespace albs::git {
namespace {

/// The object that a full reference name points to, if there is such a reference.
Object find_reference(git_repository* repository, const std::string& name)
{
    git_oid id;
    git_object* object = nullptr;
    if (git_reference_name_to_id(&id, repository, name.c_str()) != 0 ||
        git_object_lookup(&object, repository, &id, GIT_OBJECT_ANY) != 0)
        return nullptr;
    return Object(object);
}

/// Object ids are at least four digits for git; with fewer than seven a name is a likelier reading.
Result<Object> find_by_id(git_repository* repository, std::string_view text)
{
    bool hex =
        std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    git_oid id;
    git_object* object = nullptr;
    if (!hex || text.size() < 7 || text.size() > GIT_OID_HEXSZ || git_oid_fromstrn(&id, text.data(), text.size()) != 0)
        return Object();
    int code = git_object_lookup_prefix(&object, repository, &id, text.size(), GIT_OBJECT_COMMIT);
    if (code == GIT_ENOTFOUND && text.size() == GIT_OID_HEXSZ)
        code = git_object_lookup(&object, repository, &id, GIT_OBJECT_TAG);
    if (code == GIT_EAMBIGUOUS)
        return fail(Kind::input, "commit '" + std::string(text) + "' could be several", "write more of its digits");
    return code == 0 ? Object(object) : Object();
}

/// A signed tag ends with its signature; libgit2 has no function for it.
Tag tag_of(git_repository* repository, git_tag* handle)
{
    Tag tag;
    tag.id = text_of(*git_tag_id(handle));
    tag.name = git_tag_name(handle);
    git_odb* odb = nullptr;
    git_odb_object* object = nullptr;
    if (git_repository_odb(&odb, repository) != 0)
        return tag;
    Odb database(odb);
    if (git_odb_read(&object, odb, git_tag_id(handle)) != 0)
        return tag;
    OdbObject holder(object);
    std::string text(static_cast<const char*>(git_odb_object_data(object)), git_odb_object_size(object));
    for (const char* marker : {"\n-----BEGIN PGP SIGNATURE-----", "\n-----BEGIN PGP MESSAGE-----",
                               "\n-----BEGIN SSH SIGNATURE-----", "\n-----BEGIN SIGNED MESSAGE-----"}) {
        std::size_t at = text.rfind(marker);
        if (at == std::string::npos)
            continue;
        tag.signed_text = text.substr(0, at + 1);
        tag.signature = text.substr(at + 1);
        break;
    }
    return tag;
}

/// The first branch, by name, whose tip is the commit.
std::string branch_at(git_repository* repository, const git_oid& commit)
{
    git_reference_iterator* raw = nullptr;
    if (git_reference_iterator_glob_new(&raw, repository, "refs/heads/*") != 0)
        return "";
    RefIterator iterator(raw);
    std::string found;
    const char* name = nullptr;
    while (git_reference_next_name(&name, raw) == 0) {
        git_oid id;
        std::string branch = std::string(name).substr(sizeof "refs/heads/" - 1);
        if (git_reference_name_to_id(&id, repository, name) == 0 && git_oid_equal(&id, &commit) != 0 &&
            (found.empty() || branch < found))
            found = branch;
    }
    return found;
}

Result<std::optional<ResolvedRef>> resolved(git_repository* repository, const Object& object, std::string branch,
                                            std::string_view ref)
{
    if (!object)
        return std::optional<ResolvedRef>();
    ResolvedRef result;
    result.branch = std::move(branch);
    if (git_object_type(object.get()) == GIT_OBJECT_TAG)
        result.tag = tag_of(repository, reinterpret_cast<git_tag*>(object.get()));
    git_object* commit = nullptr;
    if (git_object_peel(&commit, object.get(), GIT_OBJECT_COMMIT) != 0)
        return fail(Kind::input, "'" + std::string(ref) + "' is not a commit: " + last_problem());
    Object holder(commit);
    result.commit = text_of(*git_object_id(commit));
    if (result.branch.empty())
        result.branch = branch_at(repository, *git_object_id(commit));
    return std::optional<ResolvedRef>(std::move(result));
}

} // namespace

Result<std::optional<ResolvedRef>> Repository::resolve(std::string_view ref) const
{
    std::string name(ref);
    if (ref.empty())
        return resolved(handle_.get(), find_reference(handle_.get(), "refs/albs/HEAD"), "", "HEAD");
    if (ref.starts_with("refs/"))
        return resolved(handle_.get(), find_reference(handle_.get(), name),
                        ref.starts_with("refs/heads/") ? name.substr(11) : "", ref);
    ALBS_TRY(Object by_id, find_by_id(handle_.get(), ref));
    if (by_id && is_full_id(ref))
        return resolved(handle_.get(), by_id, "", ref);
    Object branch = find_reference(handle_.get(), "refs/heads/" + name);
    Object tag = find_reference(handle_.get(), "refs/tags/" + name);
    if (branch && tag && git_oid_equal(git_object_id(branch.get()), git_object_id(tag.get())) == 0)
        return fail(Kind::input, format_text("'{}' is a branch and a tag", name),
                    format_text("write refs/heads/{} or refs/tags/{}", name, name));
    if (tag)
        return resolved(handle_.get(), tag, branch ? name : "", ref);
    bool is_branch = branch != nullptr;
    return resolved(handle_.get(), is_branch ? branch : by_id, is_branch ? name : "", ref);
}

} // namespace albs::git
