// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build lock: which packages a root is made of, as a document of its own, and those packages in the workspace.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// The document is the lock, albs-buildroot(5).
Result<cli::Outcome> lock(const LockOptions& options, cli::Context& context);

} // namespace albs::build
