// SPDX-License-Identifier: GPL-3.0-or-later
// Package files that the user names, which no manifest tells of.
#pragma once
#include <string>
#include <vector>

#include "eligible.hpp"

namespace albs::sign {

/// Kind::input with that hint if the file is a manifest, where a package is wanted.
Status check_is_no_manifest(const std::string& path, const std::string& hint);
/// What stands at path. Kind::input for what is no package; a manifest is named.
Result<UnsignedPackage> describe_file(const std::string& path);
/// The package files below a directory, or the file itself, in the order of their names. Kind::input if there is none.
Result<std::vector<std::string>> package_files(const std::string& path);

} // namespace albs::sign
