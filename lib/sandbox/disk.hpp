// SPDX-License-Identifier: GPL-3.0-or-later
// How much disk a job uses, while it runs.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace albs::sandbox {

/// Directories on one file system that together may hold so many bytes. There is no quota that a plain user could set
/// on every file system, so they are measured; but only when the file system itself has lost so much that it can
/// matter, and now and then.
class DiskWatch {
public:
    /// limit_bytes 0: none. keeps_account: they are measured for peak(), too.
    DiskWatch(std::vector<std::string> directories, std::int64_t limit_bytes, bool keeps_account);
    /// False once more than the limit is used. Cheap enough to be asked ten times a second.
    bool holds();
    /// The most that was seen, with what is there now. None if a part of that is closed to this user.
    std::optional<std::int64_t> peak();

private:
    bool is_due(std::int64_t now, std::int64_t left) const;
    /// Whether all of it could be looked at.
    bool measure_all();
    std::vector<std::string> directories_;
    std::int64_t limit_;
    bool keeps_account_;
    std::int64_t free_at_start_;
    std::int64_t used_ = 0; ///< when last measured
    std::int64_t peak_ = 0;
    std::int64_t free_then_ = 0;   ///< then
    std::int64_t measured_ms_ = 0; ///< monotonic time of that
    std::int64_t cost_ms_ = 0;     ///< and how long it took
};

} // namespace albs::sandbox
