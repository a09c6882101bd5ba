// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/time.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <string_view>

using namespace albs;

TEST_CASE("times have one spelling")
{
    CHECK(format_time(0) == "1970-01-01T00:00:00Z");
    CHECK(format_time(253402300799) == "9999-12-31T23:59:59Z");
    for (std::string_view good : {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-31T23:59:59Z"})
        CHECK(format_time(*parse_time(good)) == good);
    using namespace std::string_view_literals;
    for (std::string_view bad :
         {""sv, "2026-11-23"sv, "2026-11-23T10:59:45"sv, "2026-11-23 10:59:45Z"sv, "2026-11-23T10:59:45+00:00"sv,
          "2026-11-23T10:59:45.0Z"sv, "2026-11-23t10:59:45z"sv, "2026-2-3T1:2:3Z"sv, "2025-02-29T00:00:00Z"sv,
          "2026-11-31T00:00:00Z"sv, "2026-11-23T24:00:00Z"sv, "2026-11-23T23:59:60Z"sv, " 2026-11-23T10:59:45Z"sv,
          "2026-11-23T10:59:45Z "sv, "2026-11-23T10:59:45Z\0"sv, "1969-12-31T23:59:59Z"sv, "+2026-11-23T10:59:45Z"sv})
        CHECK_MESSAGE(!parse_time(bad), bad);
}

TEST_CASE("SOURCE_DATE_EPOCH is the time where it is set, and wrong when it is no number")
{
    ::setenv("SOURCE_DATE_EPOCH", "1767225600", 1);
    CHECK(current_time() == 1767225600);
    CHECK(**given_source_date_epoch() == 1767225600);
    for (const char* bad : {"-1", "1.5", "x", " 1", "1 ", "1e3", "253402300800", "99999999999999999999"}) {
        ::setenv("SOURCE_DATE_EPOCH", bad, 1);
        CHECK(given_source_date_epoch().error().kind == Kind::usage);
    }
    ::setenv("SOURCE_DATE_EPOCH", "", 1);
    CHECK(!*given_source_date_epoch());
    ::unsetenv("SOURCE_DATE_EPOCH");
    CHECK(current_time() > 1700000000);
}
