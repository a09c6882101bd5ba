// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/disk.hpp"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/time.hpp"

namespace albs::sandbox {
namespace {

constexpr std::int64_t now_and_then_ms = 30000;
constexpr std::int64_t account_every_ms = 200; ///< and so rarely that it takes no more than two percent of the time
constexpr std::int64_t account_rarity = 50;
constexpr std::int64_t file_cost = 4096; ///< bytes that a name and its inode count, however empty the file

std::int64_t free_bytes(const std::vector<std::string>& directories)
{
    struct statvfs status {};
    if (directories.empty() || ::statvfs(directories.front().c_str(), &status) != 0)
        return 0;
    return static_cast<std::int64_t>(status.f_bfree) * static_cast<std::int64_t>(status.f_frsize);
}

struct DiskUse {
    std::int64_t bytes = 0;
    bool is_whole = true; ///< nothing was closed to us
};

void measure(const std::string& directory, DiskUse& measured)
{
    namespace fs = std::filesystem;
    std::error_code error;
    fs::recursive_directory_iterator each(directory, error);
    for (fs::recursive_directory_iterator end; !error && each != end;) {
        struct stat status {};
        if (::lstat(each->path().c_str(), &status) == 0) {
            measured.bytes += std::int64_t{status.st_blocks} * 512 + file_cost;
            if (S_ISDIR(status.st_mode) && ::access(each->path().c_str(), R_OK | X_OK) != 0) {
                measured.is_whole = false;
                each.disable_recursion_pending();
            }
        }
        each.increment(error);
    }
    // Something went away while it was looked at; only what cannot be entered is hidden.
    if (error == std::errc::permission_denied)
        measured.is_whole = false;
}

} // namespace

DiskWatch::DiskWatch(std::vector<std::string> directories, std::int64_t limit_bytes, bool keeps_account)
    : directories_(std::move(directories)), limit_(limit_bytes), keeps_account_(keeps_account),
      free_at_start_(free_bytes(directories_)), free_then_(free_at_start_), measured_ms_(monotonic_ms())
{
}

bool DiskWatch::is_due(std::int64_t now, std::int64_t left) const
{
    const std::int64_t since = now - measured_ms_;
    if (keeps_account_ && since >= account_every_ms && since >= account_rarity * cost_ms_)
        return true;
    bool may_matter = limit_ > 0 && free_then_ - left > limit_ - used_;
    return limit_ > 0 && ((may_matter && since >= 10 * cost_ms_) || since >= now_and_then_ms + 20 * cost_ms_);
}

bool DiskWatch::measure_all()
{
    std::int64_t begin = monotonic_ms();
    std::int64_t left = free_bytes(directories_);
    DiskUse measured;
    for (const std::string& directory : directories_)
        measure(directory, measured);
    // What a build hides from a plain user counts as all that the file system lost.
    used_ = measured.is_whole ? measured.bytes : std::max(measured.bytes, free_at_start_ - left);
    if (measured.is_whole)
        peak_ = std::max(peak_, measured.bytes);
    free_then_ = left;
    measured_ms_ = monotonic_ms();
    cost_ms_ = measured_ms_ - begin;
    return measured.is_whole;
}

bool DiskWatch::holds()
{
    if ((limit_ <= 0 && !keeps_account_) || directories_.empty() || !is_due(monotonic_ms(), free_bytes(directories_)))
        return true;
    measure_all();
    return limit_ <= 0 || used_ <= limit_;
}

std::optional<std::int64_t> DiskWatch::peak()
{
    return !directories_.empty() && measure_all() ? std::optional(peak_) : std::nullopt;
}

} // namespace albs::sandbox
