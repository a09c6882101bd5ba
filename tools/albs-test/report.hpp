// SPDX-License-Identifier: GPL-3.0-or-later
// Test results for other programs: JUnit's XML, as CI systems read it, and the Test Anything Protocol, version 13.
#pragma once
#include <string>
#include <vector>

#include "tested_package.hpp"

namespace albs::test {

std::string junit_report(const std::vector<TestedPackage>& subjects);
std::string tap_report(const std::vector<TestedPackage>& subjects);

} // namespace albs::test
