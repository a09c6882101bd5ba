// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that are tested together: those of one platform, as it was when they were built, and one architecture.
#pragma once
#include <string>
#include <vector>

#include "tested_package.hpp"

namespace albs::test {

struct Group {
    std::string platform;
    std::string arch;
    OptionalString definition; ///< of the platform, as it was when these were built
    std::vector<TestedPackage*> subjects;
};

std::vector<Group> groups_of(std::vector<TestedPackage>& subjects);

} // namespace albs::test
