// SPDX-License-Identifier: GPL-3.0-or-later
// --memory, --disk and --processes.
#pragma once
#include <cstdint>
#include <string>

#include "options.hpp"
#include "sandbox/sandbox.hpp"

namespace albs::build {

/// "512M", "4G", "1T" or a number of bytes; Kind::usage otherwise.
Result<std::int64_t> parse_size(const std::string& option, const std::string& text);
/// What a build may use, and the defaults where nothing is said: nine tenths of the machine's memory (where all
/// processes of a job can be limited together) and 16384 processes.
Result<sandbox::Limits> read_limits(const LimitOptions& options);

} // namespace albs::build
