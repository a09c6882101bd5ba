// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/time.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>

namespace albs {

Result<std::optional<Seconds>> given_source_date_epoch()
{
    const char* text = std::getenv("SOURCE_DATE_EPOCH");
    if (text == nullptr || *text == '\0')
        return std::optional<Seconds>();
    std::string_view view(text);
    Seconds value = 0;
    auto [end, problem] = std::from_chars(view.data(), view.data() + view.size(), value);
    // 253402300799 is 9999-12-31T23:59:59Z, the last moment that RFC 3339 can write.
    if (problem != std::errc() || end != view.data() + view.size() || value < 0 || value > 253402300799)
        return fail(Kind::usage, "SOURCE_DATE_EPOCH is not a number of seconds: '" + std::string(view) + "'");
    return std::optional<Seconds>(value);
}

Seconds current_time()
{
    auto fixed = given_source_date_epoch();
    if (fixed && *fixed)
        return **fixed;
    return clock_time();
}

Seconds clock_time()
{
    return std::time(nullptr);
}

std::optional<Seconds> parse_length_of_time(std::string_view text)
{
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view unit = text.substr(digits);
    Seconds factor = unit.empty() || unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86400 : 0;
    Seconds number = 0;
    std::from_chars(text.data(), text.data() + digits, number);
    if (digits == 0 || digits > 9 || factor == 0 || number == 0)
        return std::nullopt;
    return number * factor;
}

std::string format_time(Seconds time)
{
    std::time_t seconds = time;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, size};
}

Result<Seconds> parse_time(std::string_view text)
{
    std::string copy(text);
    std::tm parts{};
    const char* end = strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    Seconds time = end != nullptr && *end == '\0' ? timegm(&parts) : -1;
    if (time < 0 || format_time(time) != text)
        return fail(Kind::input, "not a time like 2026-11-23T10:59:45Z: '" + copy.substr(0, 40) + "'");
    return time;
}

std::int64_t monotonic_ms()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace albs
