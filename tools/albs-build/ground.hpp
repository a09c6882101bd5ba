// SPDX-License-Identifier: GPL-3.0-or-later
// What roots are solved from: the repositories and the words of a platform, and what the command line adds to them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "metadata/fetch.hpp"
#include "platform/platform.hpp"

namespace albs::build {

struct RootOptions {
    std::vector<std::string> repositories; ///< --repo
    std::vector<std::string> modules;      ///< streams to enable
    std::string release;                   ///< $releasever of .repo files; empty: the platform's
    std::string platform_id;               ///< "platform:el9"; empty: the platform's
    bool weak = false;
    bool offline = false;
};

struct Ground {
    std::string platform;
    std::vector<metadata::Repository> repositories;
    metadata::Question question; ///< what every root of the platform has
};

/// For one architecture. Several keys of a repository are put together into one file below the workspace. Kind::usage
/// for a key that is no file here.
Result<Ground> ground_of(const platform::Platform& platform, const std::string& arch, const RootOptions& options,
                         const std::string& workspace);

/// Transfers and warnings as the command line says.
metadata::Settings settings_of(const RootOptions& options, cli::Context& context);

/// Warnings, and all problems in words: the first is the error's message.
Status check_solved(const metadata::Answer& answer, cli::Messages& messages);

/// Solves a root that also has what is needed ("gcc >= 12", "(a or b)"), fetches its packages into the workspace, and
/// locks them. Kind::input with the reason if there is no such root.
Result<metadata::Lock> lock_root(const Ground& ground, const std::vector<std::string>& needs,
                                 const std::vector<metadata::Synced>& repositories, const metadata::Settings& settings,
                                 cli::Context& context);

/// The text of the lock that lock_root() came to earlier, if all is as it was then and its root is there; nothing is
/// solved, and no package looked at.
Result<std::optional<std::string>> known_lock(const Ground& ground, const std::vector<std::string>& needs,
                                              const std::vector<metadata::Synced>& repositories, cli::Context& context);

metadata::FetchOptions fetch_options(const metadata::Settings& settings, cli::Context& context);

} // namespace albs::build
