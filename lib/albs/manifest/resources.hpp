// SPDX-License-Identifier: GPL-3.0-or-later
// What a build used of the machine, as far as it could be measured.
#pragma once
#include <cstdint>
#include <optional>

namespace albs {

/// What could not be measured is none, and not 0.
struct Resources {
    std::optional<std::int64_t> elapsed_ms;
    std::optional<std::int64_t> cpu_ms;       ///< of all its processes, in user and kernel mode
    std::optional<std::int64_t> memory_peak;  ///< bytes of all its processes at a time, with what the kernel cached
    std::optional<std::int64_t> process_peak; ///< bytes that the largest of its processes had in memory
    std::optional<std::int64_t> disk_peak;    ///< bytes in the directories that it may write to, as --disk counts
    bool operator==(const Resources&) const = default;
};

/// Of what was done in two runs, one after the other. What one of them does not know is unknown of both.
Resources in_turn(const Resources& first, const Resources& second);

} // namespace albs
