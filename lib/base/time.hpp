// SPDX-License-Identifier: GPL-3.0-or-later
// Time: SOURCE_DATE_EPOCH where it is set, RFC 3339 in UTC with whole seconds everywhere.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs {

using Seconds = std::int64_t; ///< since 1970-01-01T00:00:00Z

/// SOURCE_DATE_EPOCH; a malformed one is Kind::usage.
Result<std::optional<Seconds>> given_source_date_epoch();
/// SOURCE_DATE_EPOCH, else the clock.
Seconds current_time();
/// The clock, whatever SOURCE_DATE_EPOCH says: for what is checked, never for what is written.
Seconds clock_time();
/// A length of time as people write it, 90s, 30m, 12h or 2d; a number alone is of seconds. Nothing for what is no time,
/// or none.
std::optional<Seconds> parse_length_of_time(std::string_view text);
/// "2026-11-23T10:59:45Z"
std::string format_time(Seconds time);
/// The form above only; Kind::input otherwise.
Result<Seconds> parse_time(std::string_view text);
/// For durations.
std::int64_t monotonic_ms();

} // namespace albs
