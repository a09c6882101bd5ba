// SPDX-License-Identifier: GPL-3.0-or-later
// The suites of --tests over the packages of one platform and architecture.
#pragma once
#include <vector>

#include "albs/json/value.hpp"
#include "skip_rules.hpp"
#include "store/workspace.hpp"
#include "suite.hpp"

namespace albs::test {

struct SuiteStage {
    const store::Workspace& workspace;
    const BaseRoot& base;
    const SkipRules& rules;
    std::int64_t timeout_s;
    const Json& key; ///< what results of these packages depend on, whatever the test
};

/// Each suite once for each task, with all of its packages that passed "install" in one root. Adds the findings to all
/// of these: it was them together that were tested.
Status run_suites(const SuiteStage& stage, PackagePool& pool, const std::vector<Suite>& suites,
                  const std::vector<TestedPackage*>& subjects);

} // namespace albs::test
