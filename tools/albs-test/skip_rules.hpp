// SPDX-License-Identifier: GPL-3.0-or-later
// --skip: which tests of which packages are not done, and why.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::test {

class SkipRules {
public:
    /// Lines of "PACKAGE TEST [REASON]"; both names are glob(7) patterns that match as a whole, '#' starts a comment.
    /// Kind::usage for a line of one word.
    static Result<SkipRules> read(const std::vector<std::string>& files);
    /// The reason, if the test of the package of that name (no version) is not to be done.
    std::optional<std::string> find(const std::string& package, const std::string& test) const;

private:
    struct Rule {
        std::string package;
        std::string test;
        std::string reason;
    };
    std::vector<Rule> rules_;
};

} // namespace albs::test
