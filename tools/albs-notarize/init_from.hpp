// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize init --from: a writer for a log whose own machine is lost, from a mirror of its public files.
#pragma once
#include "options.hpp"

namespace albs::notarize {

/// Everything of the mirror is verified before anything is made, and the ledger is there as a whole or not at all.
/// Kind::trust when it contradicts itself, or when a checkpoint that this machine remembers or that was given is ahead
/// of it or of another history.
Result<cli::Outcome> init_from(const InitOptions& options, cli::Context& context);

} // namespace albs::notarize
