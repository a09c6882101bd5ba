// SPDX-License-Identifier: GPL-3.0-or-later
// The stage: every source that was asked for, several at a time, into the manifest in the order they were named.
#pragma once
#include "options.hpp"

namespace albs::fetch {

Result<cli::Outcome> run(const Options& options, cli::Context& context, Manifest& manifest);

} // namespace albs::fetch
