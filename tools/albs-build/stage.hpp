// SPDX-License-Identifier: GPL-3.0-or-later
// The job of albs-build: plan, build what is not built, record.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

Result<cli::Outcome> run(const BuildOptions& options, cli::Context& context, Manifest& manifest);

/// The source packages alone.
Result<cli::Outcome> make_source_packages(const SrpmOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::build
