// SPDX-License-Identifier: GPL-3.0-or-later
// How much disk a job uses, while it runs.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace albs::sandbox {

/// Directories on one file system that together may hold so many bytes. There is no quota that a plain user could set
/// on every file system, so they are measured; but only when the file system itself has lost so much that it can
/// matter, and now and then.
class DiskWatch {
public:
    DiskWatch(std::vector<std::string> directories, std::int64_t limit_bytes);
    /// False once more than the limit is used. Cheap enough to be asked ten times a second.
    bool holds();

private:
    std::vector<std::string> directories_;
    std::int64_t limit_;
    std::int64_t free_at_start_;
    std::int64_t used_ = 0;          ///< when last measured
    std::int64_t free_then_ = 0;     ///< then
    std::int64_t measured_ms_ = 0;   ///< monotonic time of that
    std::int64_t cost_ms_ = 0;       ///< and how long it took
};

} // namespace albs::sandbox
