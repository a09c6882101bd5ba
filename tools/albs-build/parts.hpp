// SPDX-License-Identifier: GPL-3.0-or-later
// What a run builds, platform by platform.
#pragma once
#include <vector>

#include "build_in_order.hpp"
#include "plan.hpp"

namespace albs::build {

/// What is asked for of one platform, and is not there yet.
struct Part {
    BuildConfig recipe;
    std::vector<PlannedTask> tasks;
    ModulePlans modules = {}; ///< that these tasks are components of
};

/// For each platform that is asked for; without those of which the manifest has everything. only_packages: source
/// packages, as tasks of the architecture "src". workspace: null where nothing may be written.
Result<std::vector<Part>> read_parts(const BuildOptions& options, bool only_packages, store::Workspace* workspace,
                                     cli::Context& context, const Manifest& manifest);

/// Before anything is fetched: architectures that run here, what is known of roots before anything is solved, and how
/// modules are built.
Status open_parts(std::vector<Part>& parts, const BuildOptions& options, const Manifest& manifest, root::Solver& solver,
                  store::Workspace& workspace);

/// What the tasks of a run share beside their parts.
struct RunParts {
    const BuildOptions& options;
    const platform::Overrides& overrides;
    root::Solver& solver;
    store::Workspace& workspace;
    SourcePackages& packages;
    std::string scratch;
    RunView& view;
    const Jobs& jobs;
    const Runner* runner = nullptr;
};

/// How many stages there are: 1, unless source packages of components are made with what was built before them.
std::size_t count_stages(const std::vector<Part>& parts);

/// The tasks of one stage; the manifest has those before.
std::vector<Lane> lanes_of(const std::vector<Part>& parts, const RunParts& run, cli::Context& context,
                           const Manifest& manifest, std::size_t stage);

} // namespace albs::build
