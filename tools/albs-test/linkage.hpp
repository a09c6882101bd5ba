// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "root.hpp"
#include "tested_package.hpp"

namespace albs::test {

/// The test "linkage" of an installed package: every symbolic link leads to something, every program and library finds
/// the libraries that it was linked with. Ghosts and the links of debuginfo are left out.
Status check_linkage(Root& root, TestedPackage& subject);

} // namespace albs::test
