// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "git/table.hpp"
#include "sys/module.hpp"

namespace albs::git {
namespace {

const Table& library()
{
    return sys::module_table<Table>();
}

} // namespace

Result<Repository> Repository::open(const std::string& path)
{
    return library().repository_open_(path);
}

Result<Repository> open_any(const std::string& path)
{
    return library().open_any_(path);
}

Result<CommitRecord> commit_record(const Repository& repository, std::string_view id)
{
    return library().commit_record_(repository, id);
}

Result<std::string> cas_key(const Repository& repository, std::string_view id)
{
    return library().cas_key_(repository, id);
}

Result<std::vector<std::string>> check_out(const Repository& repository, std::string_view commit,
                                           const std::string& directory, std::int64_t time)
{
    return library().check_out_(repository, commit, directory, time);
}

bool link_stays_inside(std::string_view path, std::string_view target)
{
    return library().link_stays_inside_(path, target);
}

Result<std::optional<ResolvedRef>> Repository::resolve(std::string_view ref) const
{
    return (this->*library().repository_resolve_)(ref);
}

Result<std::string> Repository::raw_commit(std::string_view id) const
{
    return (this->*library().repository_raw_commit_)(id);
}

Result<std::string> Repository::revision(const std::string& expression) const
{
    return (this->*library().repository_revision_)(expression);
}

bool Repository::has_commit(std::string_view id) const
{
    return (this->*library().repository_has_commit_)(id);
}

Result<Commit> Repository::commit(std::string_view id) const
{
    return (this->*library().repository_commit_)(id);
}

Result<std::vector<std::string>> Repository::ancestors(std::string_view id) const
{
    return (this->*library().repository_ancestors_)(id);
}

Result<std::vector<Entry>> Repository::list(std::string_view commit) const
{
    return (this->*library().repository_list_)(commit);
}

Result<std::string> Repository::blob(std::string_view id) const
{
    return (this->*library().repository_blob_)(id);
}

} // namespace albs::git
