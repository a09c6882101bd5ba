// SPDX-License-Identifier: GPL-3.0-or-later
#include "tested_package.hpp"

#include <algorithm>

namespace albs::test {

bool TestedPackage::has(const std::string& test) const
{
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& each) { return each.name == test; });
}

bool TestedPackage::failed(const std::string& test) const
{
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& each) { return each.name == test && each.status != "pass"; });
}

void TestedPackage::fail(const std::string& test, std::string reason, std::string log)
{
    if (log.empty())
        log = reason + "\n";
    // One line for the manifest; the log has it all.
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    findings.push_back({test, "fail", std::move(reason), std::move(log)});
}

} // namespace albs::test
