// SPDX-License-Identifier: GPL-3.0-or-later
// The tests inspect/*: what a package shows without being installed. Its payload is read once, file by file, and
// nothing of it is written anywhere.
#pragma once
#include <functional>
#include <vector>

#include "base_root.hpp"
#include "inspection/faults.hpp"
#include "other_checkers.hpp"
#include "package_pool.hpp"
#include "skip_rules.hpp"
#include "tested_package.hpp"

namespace albs::test {

struct InspectionRun {
    PackagePool* pool = nullptr;
    const SkipRules* rules = nullptr;
    const OtherCheckers* checkers = nullptr;
    std::vector<TestedPackage*> readable; ///< all that were built together
    bool has_repositories = false;
    const BaseRoot* base = nullptr; ///< what every root of theirs has
    std::size_t jobs = 1;
};

/// The names of all tests that inspect_packages() and check_scripts() may add, in their order.
std::vector<std::string> inspection_tests();

/// Adds the findings, and to each package its scripts, for check_scripts(). Damaged packages are passed over.
Status inspect_packages(const InspectionRun& run, const std::vector<TestedPackage*>& fresh);

/// One finding for each test that had something to look at: a failure, a pass with the warnings as its reason, or what
/// a rule of --skip makes of it.
void report_faults(TestedPackage& subject, const Faults& faults, const SkipRules& rules);

} // namespace albs::test
