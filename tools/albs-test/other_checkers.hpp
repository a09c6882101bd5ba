// SPDX-License-Identifier: GPL-3.0-or-later
// rpmlint and rpminspect: what they say of a package is a test of ours. They run in a throw-away root, since they start
// programs on what packages bring.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "options.hpp"
#include "skip_rules.hpp"
#include "sys/temporary.hpp"
#include "tested_package.hpp"

namespace albs::test {

class OtherCheckers {
public:
    /// Those that the options ask for. Kind::environment if one is not installed, Kind::usage for a file with waivers
    /// of one that is not asked for.
    static Result<OtherCheckers> make(const Options& options);
    /// Names of their tests: "inspect/rpmlint".
    std::vector<std::string> names() const;
    /// What results depend on: versions and waivers.
    const std::vector<std::string>& identity() const { return identity_; }
    /// Adds the findings, or what a rule of --skip makes of them.
    Status check(TestedPackage& subject, const SkipRules& rules) const;

private:
    struct Checker {
        std::string program;
        std::string waivers; ///< a file, or empty
    };
    Result<Finding> run(const Checker& checker, const TestedPackage& subject) const;
    std::vector<Checker> checkers_;
    std::vector<std::string> identity_;
    std::unique_ptr<sys::TemporaryDirectory> copies_; ///< of the waivers
    std::int64_t timeout_s_ = 600;
};

/// What rpmlint 1 or 2 printed. Lines of its progress and its summary are left out of the log: they tell the time.
Finding judge_rpmlint(const std::string& output);
/// What rpminspect printed with --format=json. Results BAD and VERIFY are failures, WAIVED and INFO warnings.
Finding judge_rpminspect(const std::string& output);

} // namespace albs::test
