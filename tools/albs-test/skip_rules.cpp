// SPDX-License-Identifier: GPL-3.0-or-later
#include "skip_rules.hpp"

#include <fnmatch.h>
#include <sstream>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"

namespace albs::test {

Result<SkipRules> SkipRules::read(const std::vector<std::string>& files)
{
    SkipRules rules;
    for (const std::string& file : files) {
        ALBS_TRY(std::string text, sys::read_file(file));
        std::istringstream lines(text);
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            std::istringstream words(line.substr(0, line.find('#')));
            Rule rule;
            if (!(words >> rule.package))
                continue;
            if (!(words >> rule.test))
                return fail(Kind::usage, format_text("'{}', line {}: no name of a test", file, number),
                            "a line is PACKAGE TEST REASON, '*' stands for all tests");
            std::getline(words >> std::ws, rule.reason);
            rule.reason = trimmed(rule.reason);
            rules.rules_.push_back(std::move(rule));
        }
    }
    return rules;
}

std::optional<std::string> SkipRules::find(const std::string& package, const std::string& test) const
{
    for (const Rule& rule : rules_)
        if (::fnmatch(rule.package.c_str(), package.c_str(), 0) == 0 &&
            ::fnmatch(rule.test.c_str(), test.c_str(), 0) == 0)
            return rule.reason.empty() ? "skipped by request" : rule.reason;
    return std::nullopt;
}

} // namespace albs::test
