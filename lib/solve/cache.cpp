// SPDX-License-Identifier: GPL-3.0-or-later
// What a repository comes with beside its packages, and all of it in libsolv's own format, which is not parsed but
// mapped into place: tens of thousands of packages in a few hundredths of a second.
#include "base/format.hpp"
#include "solve/libsolv.hpp"
#include "sys/fd.hpp"
#include "sys/temporary.hpp"

namespace albs::solve {

Status Pool::add_groups(const std::string& repository, const std::string& comps)
{
    ALBS_TRY(FileHandle file, open_metadata(comps));
    // Not among the packages: nobody counts groups as such.
    if (repo_add_comps(state_->repository(repository + "/groups"), file.get(), 0) != 0)
        return fail(Kind::input, format_text("'{}' cannot be parsed: {}", comps, pool_errstr(state_->pool.get())));
    return {};
}

Status Pool::add_advisories(const std::string& repository, const std::string& updateinfo)
{
    ALBS_TRY(FileHandle file, open_metadata(updateinfo));
    if (repo_add_updateinfoxml(state_->repository(repository + "/advisories"), file.get(), 0) != 0)
        return fail(Kind::input, format_text("'{}' cannot be parsed: {}", updateinfo, pool_errstr(state_->pool.get())));
    return {};
}

Status Pool::write_cache(const std::string& repository, const std::string& path) const
{
    Repo* repo = state_->find(repository);
    if (repo == nullptr)
        return fail(Kind::internal, "there is no repository '" + repository + "' to write");
    ALBS_TRY(sys::TemporaryFile target, sys::TemporaryFile::beside(path));
    {
        FileHandle file(::fdopen(::dup(target.fd()), "w"), std::fclose);
        if (!file || repo_write(repo, file.get()) != 0 || std::fflush(file.get()) != 0)
            return fail(Kind::environment, "cannot write '" + path + "': " + pool_errstr(state_->pool.get()));
    }
    return target.put_in_place(false); // whoever reads it knows its digest
}

Status Pool::add_cache(const std::string& repository, const std::string& path, bool partial)
{
    FileHandle file(std::fopen(path.c_str(), "re"), std::fclose);
    if (!file)
        return sys::system_error("cannot open", path);
    if (state_->find(repository) != nullptr)
        return fail(Kind::internal, "there is a repository '" + repository + "' already");
    Repo* repo = state_->repository(repository);
    if (repo_add_solv(repo, file.get(), 0) != 0) {
        repo_free(repo, 1);
        return fail(Kind::input, "'" + path + "' is no cache: " + pool_errstr(state_->pool.get()));
    }
    state_->partial = state_->partial || partial;
    return {};
}

} // namespace albs::solve
