// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of one package in a temporary root: installed, reinstalled and removed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base_root.hpp"
#include "package_pool.hpp"
#include "skip_rules.hpp"
#include "tested_package.hpp"

namespace albs::test {

class Owners;

struct Lifecycle {
    const BaseRoot* base = nullptr;
    const Owners* owners = nullptr; ///< of the base's files
    TestedPackage* subject = nullptr;
    std::vector<PackageFile> companions; ///< what it requires, installed before it
    std::int64_t timeout_s = 600;
    const SkipRules* rules = nullptr;        ///< of --skip
    std::string keep;                        ///< directory for the root's files; empty: not kept
    std::function<bool(const char*)> wanted; ///< a test by that name is to be done
};

/// Adds the findings "install", "linkage", "reinstall" and "remove". Kind::environment if no root can be made here.
Status run_lifecycle(const Lifecycle& lifecycle);

/// The findings "conflicts" of packages that were built together: files that two of them would put at the same place
/// with different contents, found by rpm, but for packages that say that they conflict.
Status check_conflicts(const BaseRoot& base, const std::vector<TestedPackage*>& subjects, std::int64_t timeout_s);

/// Paths that stayed behind, by what they mean.
struct Leftovers {
    std::vector<std::string> waste; ///< programs and data that nobody owns now
    std::vector<std::string> state; ///< in /etc, /var, /home…: what a package may leave, logs and settings
    /// Directories above its files that it does not own, which rpm makes and does not remove; on a whole machine the
    /// package filesystem owns most of them.
    std::vector<std::string> parents;
};
Leftovers sort_leftovers(const std::vector<std::string>& paths, const rpm::Package& package);

} // namespace albs::test
