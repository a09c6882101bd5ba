// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/mirror.hpp"

#include <optional>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "git/library.hpp"
#include "git/transport.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

constexpr long lock_wait_ms = 600000; // another run may be fetching a large repository

/// The mirror's own configuration is rewritten each time: what stands there is obeyed by git.
constexpr std::string_view mirror_config = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

Status put_in_order(const std::string& mirror)
{
    if (!sys::exists(mirror + "/HEAD") || !sys::is_directory(mirror + "/objects") ||
        !sys::is_directory(mirror + "/refs"))
        ALBS_CHECK(make_mirror(mirror));
    for (const char* file : {"/objects/info/alternates", "/objects/info/http-alternates", "/commondir", "/shallow",
                             "/info/grafts", "/config.lock", "/packed-refs.lock", "/config.worktree"})
        (void)::unlink((mirror + file).c_str());
    return sys::write_file(mirror + "/config", mirror_config);
}

std::string no_such_ref(const Location& location)
{
    return location.ref.empty() ? "'" + location.url + "' has no default branch"
                                : format_text("no branch, tag or commit '{}' in '{}'", location.ref, location.url);
}

Error as_error(const FetchFailure& failure, const Location& location)
{
    std::string message = "cannot fetch '" + location.url + "': " + failure.line;
    switch (failure.trouble) {
    case Trouble::network: return {Kind::temporary, message, "run it again when the server can be reached"};
    case Trouble::remote:
        return {Kind::input, message,
                failure.line.starts_with("remote: fatal: ")
                    ? "the server says that of its own repository: name another copy of it"
                    : "try 'git ls-remote " + location.url + "'"};
    default: return {Kind::environment, message, {}};
    }
}

/// Whether the commit and all its history are there and whole; its tree is checked when it is read.
bool is_complete(const Repository& repository, const std::string& commit)
{
    return repository.has_commit(commit) && repository.ancestors(commit).has_value();
}

class Pinning {
public:
    Pinning(std::string mirror, const Location& location) : mirror_(std::move(mirror)), location_(location) {}

    /// Without the network: a full commit id says the same thing for ever, other refs only if the server has nothing
    /// else than the mirror.
    Result<std::optional<ResolvedRef>> offline(const References* served) const
    {
        if (!is_full_id(location_.ref) && served == nullptr)
            return std::optional<ResolvedRef>();
        auto repository = library().open(mirror_);
        if (!repository)
            return std::optional<ResolvedRef>();
        if (!is_full_id(location_.ref)) {
            auto known = (*repository)->references();
            if (!known || !has_all(*known, *served, location_.ref))
                return std::optional<ResolvedRef>();
        }
        ALBS_TRY(std::optional<ResolvedRef> found, (*repository)->resolve(location_.ref));
        if (found && !is_complete(**repository, found->commit))
            found.reset();
        return found;
    }

    /// With the network, in a mirror that nobody else uses now.
    Result<ResolvedRef> online() const
    {
        for (bool anew = false;; anew = true) {
            if (anew)
                ALBS_CHECK(make_mirror(mirror_));
            ALBS_CHECK(put_in_order(mirror_));
            ALBS_TRY(std::vector<FetchFailure> failures, update());
            bool is_shallow = !failures.empty() && failures[0].trouble == Trouble::shallow;
            if (is_shallow)
                failures.clear();
            if (!failures.empty() && (failures[0].trouble != Trouble::local || anew))
                return tl::unexpected(as_error(failures[0], location_));
            if (!failures.empty())
                continue;
            ALBS_TRY(std::unique_ptr<Repository> repository, library().open(mirror_));
            Result<std::optional<ResolvedRef>> found = repository->resolve(location_.ref);
            if (!found && anew)
                return tl::unexpected(std::move(found).error());
            if (found && !*found && is_shallow)
                return fail(Kind::input,
                            format_text("'{}' is a shallow clone: it does not have the whole history", location_.url),
                            "run 'git fetch --unshallow' in it, or name the repository that it was cloned from");
            if (found && !*found)
                return fail(
                    Kind::input, no_such_ref(location_),
                    is_full_id(location_.ref)
                        ? "its history may have been written anew: a workspace or a copy that has the commit is "
                          "enough"
                        : "'git ls-remote " + location_.url + "' lists what there is");
            if (found && is_complete(*repository, (*found)->commit))
                return std::move(**found);
            if (anew)
                return fail(Kind::input, format_text("'{}' does not serve the whole history of '{}'", location_.url,
                                                     location_.ref.empty() ? "HEAD" : location_.ref));
        }
    }

private:
    Result<std::vector<FetchFailure>> update() const
    {
        std::vector<std::string> refspecs = {"+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"};
        if (location_.ref.empty())
            refspecs.emplace_back("+HEAD:refs/albs/HEAD");
        // A pull request, say. Heads and tags are among the others.
        if (location_.ref.starts_with("refs/") && !location_.ref.starts_with("refs/heads/") &&
            !location_.ref.starts_with("refs/tags/"))
            refspecs.push_back("+" + location_.ref + ":" + location_.ref);
        ALBS_TRY(std::vector<FetchFailure> failures, fetch_refs(mirror_, location_, refspecs));
        if (!failures.empty() || !is_full_id(location_.ref))
            return failures;
        // A commit that no branch leads to any more; many servers hand it out when asked by name.
        ALBS_TRY(std::unique_ptr<Repository> repository, library().open(mirror_));
        if (repository->has_commit(location_.ref))
            return failures;
        ALBS_TRY(failures, fetch_refs(mirror_, location_, {"+" + location_.ref + ":refs/albs/" + location_.ref}));
        if (!failures.empty() && failures[0].trouble == Trouble::remote)
            failures.clear(); // resolve() then says that there is no such commit
        return failures;
    }

    std::string mirror_;
    const Location& location_;
};

Result<PinnedCommit> open_pinned(const std::string& mirror, ResolvedRef resolved, sys::FileLock lock)
{
    ALBS_TRY(std::unique_ptr<Repository> repository, library().open(mirror));
    return PinnedCommit{std::move(repository), std::move(resolved), std::move(lock)};
}

} // namespace

std::string mirror_path(const std::string& cache, const std::string& url)
{
    return cache + "/" + sha256(url).hex() + ".git";
}

namespace {

Result<PinnedCommit> pin_ref(const std::string& cache, const Location& location, const References* served)
{
    ALBS_CHECK(sys::make_directories(cache));
    std::string mirror = mirror_path(cache, location.url);
    std::string lock_file = mirror + ".lock";
    Pinning pinning(mirror, location);
    // Between the two locks another run may replace the mirror; what was found is looked up again.
    for (int round = 0;; ++round) {
        {
            ALBS_TRY(sys::FileLock shared, sys::FileLock::shared(lock_file, lock_wait_ms));
            ALBS_TRY(std::optional<ResolvedRef> found, pinning.offline(served));
            if (found)
                return open_pinned(mirror, std::move(*found), std::move(shared));
        }
        ResolvedRef found;
        {
            ALBS_TRY(sys::FileLock exclusive, sys::FileLock::exclusive(lock_file, lock_wait_ms));
            ALBS_TRY(found, pinning.online());
        }
        ALBS_TRY(sys::FileLock shared, sys::FileLock::shared(lock_file, lock_wait_ms));
        ALBS_TRY(std::unique_ptr<Repository> repository, library().open(mirror));
        if (is_complete(*repository, found.commit) || round == 3)
            return PinnedCommit{std::move(repository), std::move(found), std::move(shared)};
    }
}

} // namespace

Result<PinnedCommit> pin(const std::string& cache, const Location& location, const References* served)
{
    ALBS_TRY(PinnedCommit pinned, pin_ref(cache, location, served));
    if (!location.expected.empty() && pinned.resolved.commit != location.expected)
        return fail(Kind::trust,
                    format_text("'{}' in '{}' is commit {}, and not {} as expected",
                                location.ref.empty() ? "HEAD" : location.ref, location.url, pinned.resolved.commit,
                                location.expected),
                    "it was moved, or its history written anew: find out why, then name the commit that you want");
    return pinned;
}

} // namespace albs::git
