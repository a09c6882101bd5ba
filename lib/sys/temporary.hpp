// SPDX-License-Identifier: GPL-3.0-or-later
// Temporary files and directories that are gone afterwards, also after INT and TERM (sys/signals).
#pragma once
#include <string>

#include "albs/result.hpp"

namespace albs::sys {

/// A private directory (0700) removed with all it holds when the object goes.
class TemporaryDirectory {
public:
    /// parent defaults to $TMPDIR or /tmp. name is a prefix for people.
    static Result<TemporaryDirectory> make(const std::string& name, const std::string& parent = {});
    TemporaryDirectory(TemporaryDirectory&&) noexcept;
    TemporaryDirectory& operator=(TemporaryDirectory&&) noexcept;
    ~TemporaryDirectory();
    const std::string& path() const { return path_; }
    /// Leaves it on disk and says where.
    std::string keep();

private:
    explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// Paths to remove if a signal ends the program. Both are thread-safe.
void register_temporary(const std::string& path);
void forget_temporary(const std::string& path);

} // namespace albs::sys
