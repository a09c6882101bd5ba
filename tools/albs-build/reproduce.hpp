// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build reproduce: builds what a manifest says was built once more, and compares.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// The document is a report, {"schema":"albs.reproduction/1","tasks":[…]}; the verdict is yes if every package came out
/// the same but for signatures.
Result<cli::Outcome> reproduce(const ReproduceOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::build
