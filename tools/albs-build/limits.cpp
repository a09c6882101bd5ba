// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits.hpp"

#include <limits>
#include <unistd.h>

namespace albs::build {
namespace {

constexpr std::int64_t usual_processes = 16384; ///< far from what builds need, and from what a machine can bear

} // namespace

Result<std::int64_t> parse_size(const std::string& option, const std::string& text)
{
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string unit = text.substr(digits);
    int shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : unit == "T" ? 40 : -1;
    bool is_size = digits > 0 && digits <= 9 && shift >= 0 && std::stoll(text) > 0;
    if (!is_size || std::stoll(text) > std::numeric_limits<std::int64_t>::max() >> shift)
        return fail(Kind::usage, option + " '" + text + "' is no size", "write it as 512M, 4G or 1T");
    return std::int64_t{std::stoll(text)} << shift;
}

Result<sandbox::Limits> read_limits(const LimitOptions& options)
{
    sandbox::Limits limits;
    limits.memory_bytes = ::sysconf(_SC_PHYS_PAGES) / 10 * 9 * ::sysconf(_SC_PAGESIZE);
    limits.processes = usual_processes;
    if (!options.memory.empty()) {
        ALBS_TRY(limits.memory_bytes, parse_size("--memory", options.memory));
        limits.memory_of_each = true;
    }
    if (!options.disk.empty()) {
        ALBS_TRY(limits.disk_bytes, parse_size("--disk", options.disk));
    }
    if (!options.processes.empty()) {
        bool is_number = options.processes.size() < 10 &&
                         options.processes.find_first_not_of("0123456789") == options.processes.npos;
        if (!is_number || std::stoll(options.processes) < 1)
            return fail(Kind::usage, "--processes '" + options.processes + "' is no number of processes");
        limits.processes = std::stoll(options.processes);
    }
    return limits;
}

} // namespace albs::build
