// SPDX-License-Identifier: GPL-3.0-or-later
// Locks of roots for the tasks of one run, from the platform's repositories.
#pragma once
#include <mutex>
#include <string>
#include <vector>

#include "ground.hpp"
#include "metadata/sync_once.hpp"

namespace albs::build {

class Solver {
public:
    Solver(const RootOptions& options, cli::Context& context)
        : options_(options), context_(context), repositories_(settings_of(options, context))
    {
    }
    /// The text of the lock of a root that has what the platform installs and what is needed. Safe to call from several
    /// threads. Kind::input with the reason if there is no such root.
    Result<std::string> lock(const platform::Platform& platform, const std::string& arch,
                             const std::vector<std::string>& needs);

private:
    const RootOptions& options_;
    cli::Context& context_;
    metadata::SyncOnce repositories_;
    std::mutex solving_;
};

} // namespace albs::build
