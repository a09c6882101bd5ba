// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::test {

/// Tests every binary package of every task that went well, and adds what was found to the manifest.
Result<cli::Outcome> run_tests(cli::Context& context, Manifest& manifest, const Options& options);

} // namespace albs::test
