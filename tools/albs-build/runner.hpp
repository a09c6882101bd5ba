// SPDX-License-Identifier: GPL-3.0-or-later
// --runner: a command of the user's that carries standard input and output to albs-build elsewhere and back.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "options.hpp"
#include "shared_store.hpp"
#include "store/workspace.hpp"

namespace albs::build {

struct Runner {
    std::vector<std::string> command; ///< the user's words
    std::string program;              ///< albs-build, as the command is to call it
    std::vector<std::string> limits;  ///< options of ours that workers get, too
    std::int64_t timeout_ms = 0;      ///< for an answer; 0: none
    std::optional<SharedStore> store; ///< what carries objects, if the store is not the same for all
};

std::vector<cli::Option> runner_options(RunnerOptions& options);
/// None without --runner. Kind::usage for what is no command, Kind::environment if its program is not there.
Result<std::optional<Runner>> read_runner(const BuildOptions& options);

/// What a worker printed, given a manifest with one task: whatever bytes these are. Kind::environment if none answers:
/// the message says how the command ended. build_timeout_ms: of the task itself.
Result<std::string> ask_worker(const Runner& runner, const std::string& request, std::int64_t build_timeout_ms,
                               const store::Workspace& workspace);

} // namespace albs::build
