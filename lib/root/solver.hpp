// SPDX-License-Identifier: GPL-3.0-or-later
// From a request to a lock: repositories are synced, the root is solved, its packages are fetched into the workspace.
#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "repositories/dependants.hpp"
#include "repositories/fetch.hpp"
#include "repositories/providers.hpp"
#include "repositories/sync_once.hpp"
#include "root/request.hpp"

namespace albs::root {

/// What solving takes of the run that asks.
struct RunContext {
    std::string workspace_path;
    std::function<Result<store::Workspace*>()> workspace; ///< opens it, and makes it if need be
    std::size_t jobs = 1;
    std::function<void(const std::string&)> warn;
    std::function<void(std::int64_t done, std::int64_t all)> progress; ///< packages fetched
};

/// Transfers and warnings as the run has them.
repositories::Settings settings_of(const RequestOptions& options, const RunContext& run);

/// Warnings, and all problems in words: the first is the error's message.
Status check_solved(const repositories::RootSolution& answer, const RunContext& run);

/// Solves a root that also has what is needed ("gcc >= 12", "(a or b)"), fetches its packages into the workspace, and
/// locks them. Kind::input with the reason if there is no such root.
Result<buildroot::Lock> lock_root(const Request& request, const std::vector<std::string>& needs,
                                  const std::vector<repositories::SyncedRepository>& synced,
                                  const repositories::Settings& settings, const RunContext& run);

/// The text of the lock that lock_root() came to earlier, if all is as it was then and its root is there; nothing is
/// solved, and no package looked at.
Result<std::optional<std::string>> known_lock(const Request& request, const std::vector<std::string>& needs,
                                              const std::vector<repositories::SyncedRepository>& synced,
                                              const RunContext& run);

repositories::FetchOptions fetch_options(const repositories::Settings& settings, const RunContext& run);

struct Solved {
    repositories::RootSolution answer;
    std::vector<repositories::SyncedRepository> repositories;
};

/// Locks of roots for the tasks of one run, from the platform's repositories.
class Solver {
public:
    Solver(RequestOptions options, RunContext run)
        : options_(std::move(options)), run_(std::move(run)), repositories_(settings_of(options_, run_))
    {
    }
    /// Whether the definition and the command line say what roots are solved from: files of repositories and keys are
    /// there, and are what they have to be. Errors as of request_of().
    Status check(const platform::Platform& platform, const std::string& arch) const;
    /// The text of the lock of a root that has what the platform installs and what is needed. built: repositories of
    /// what was built for such roots; their packages come before all others of their names. Safe to call from several
    /// threads. Kind::input with the reason if there is no such root.
    Result<std::string> lock(const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& needs,
                             const std::vector<repositories::Repository>& built = {});
    /// The lock that such a root had earlier, if all is as it was then and the root is there; nothing is solved.
    Result<std::optional<std::string>> known(const platform::Platform& platform, const std::string& arch,
                                             const std::vector<std::string>& needs,
                                             const std::vector<repositories::Repository>& built);
    /// What such a root would have if these packages were there, too; nothing is fetched but metadata.
    Result<Solved> solve(const platform::Platform& platform, const std::string& arch,
                         const std::vector<std::string>& needs, const std::vector<repositories::FuturePackage>& future);
    /// Who provides what is needed there, in the platform's repositories or among packages that are yet to come.
    Result<std::vector<repositories::ProvidersOfNeed>> providers(const platform::Platform& platform,
                                                                 const std::string& arch,
                                                                 const std::vector<repositories::FuturePackage>& future,
                                                                 const std::vector<std::string>& needs);

    /// The module streams that the platform's repositories have.
    Result<modules::Document> module_streams(const platform::Platform& platform, const std::string& arch);

    /// Sources of the repositories that need what these make.
    Result<std::vector<repositories::DependantSource>>
    dependants(const platform::Platform& platform, const std::string& arch, const std::set<std::string>& sources);

private:
    Result<std::vector<repositories::SyncedRepository>> sync_with(const Request& request,
                                                                  const std::vector<repositories::Repository>& built);

    RequestOptions options_;
    RunContext run_;
    repositories::SyncOnce repositories_;
    std::mutex solving_;
};

} // namespace albs::root
