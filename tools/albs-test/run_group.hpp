// SPDX-License-Identifier: GPL-3.0-or-later
// All tests of all packages: what can be shared is done once, what was found before is remembered.
#pragma once
#include <vector>

#include "cli/tool.hpp"
#include "options.hpp"
#include "skip_rules.hpp"
#include "tested_package.hpp"

namespace albs::test {

/// Fills in the findings of every subject. Packages of one platform and architecture are tested together.
Status examine(cli::Context& context, const store::Workspace& workspace, const Options& options, const SkipRules& rules,
               std::vector<TestedPackage>& subjects);

} // namespace albs::test
