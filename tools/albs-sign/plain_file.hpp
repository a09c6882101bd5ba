// SPDX-License-Identifier: GPL-3.0-or-later
// Package files that the user names, which no manifest tells of.
#pragma once
#include <string>
#include <vector>

#include "eligible.hpp"

namespace albs::sign {

/// What stands at path. Kind::input for what is no package; a manifest is named.
Result<UnsignedPackage> describe_file(const std::string& path);
/// The package files below a directory, or the file itself, in the order of their names. Kind::input if there is none.
Result<std::vector<std::string>> package_files(const std::string& path);

} // namespace albs::sign
