// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tested_package.hpp"

namespace albs::test {

/// The test "integrity": the file's header and payload have the digests that it claims for them, it is the package that
/// the manifest says, and its paths are ones that a package may have.
Status check_integrity(TestedPackage& subject);

} // namespace albs::test
