// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of small files that are on disk, each whole or not there, for the price of one wait.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sys/temporary.hpp"

namespace albs::notarize {

class ExportDirectory {
public:
    /// DIRECTORY is made if need be; nothing is, in a DRY_RUN.
    static Result<ExportDirectory> in(const std::string& directory, bool dry_run);
    /// A file that gets its place with finish().
    Status write(const std::string& name, const std::string& text);
    /// Waits for the disk once, then renames each file to its place. Whoever is killed, or has no power, before it
    /// leaves nothing, and in the middle of it whole files only.
    Status finish();
    std::string names() const; ///< of all files, one a line

private:
    explicit ExportDirectory(std::string directory) : directory_(std::move(directory)) {}
    std::string directory_;
    std::vector<std::string> names_;
    std::optional<sys::TemporaryDirectory> staging_;
};

} // namespace albs::notarize
