// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build plan: what would be built, in which roots, and what there would be to fetch; nothing is built.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// The document is {"schema":"albs.build-plan/1","tasks":[…],"roots":[…]}; the verdict is no if a task would be skipped
/// or has no root. Metadata of repositories is looked at, and kept in the workspace; packages are not fetched.
Result<cli::Outcome> show_plan(const PlanOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::build
