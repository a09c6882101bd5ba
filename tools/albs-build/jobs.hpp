// SPDX-License-Identifier: GPL-3.0-or-later
// How much a run does at a time: what --jobs says, and what a make that runs it allows.
#pragma once
#include "cli/tool.hpp"
#include "sys/make_jobs.hpp"

namespace albs::build {

struct Jobs {
    std::size_t most = 1; ///< at a time
    sys::JobSlots slots;  ///< one is taken for each
    /// Processors for each of so many builds at a time: make counts one for each.
    std::int64_t processors(std::size_t at_once) const;
};

/// A jobserver of make that cannot be used is a warning, unless --jobs was given.
Jobs jobs_of(cli::Context& context);

} // namespace albs::build
