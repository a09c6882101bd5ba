// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.hpp"

#include <doctest/doctest.h>

TEST_CASE("utf8: the first and last of every length, and what is next to them (Unicode table 3-7)")
{
    const std::pair<std::string_view, std::size_t> table[] = {
        {"", 0}, {"a", 1}, {"\x7f", 1}, {"\x80", 0}, {"\xbf", 0}, {"\xc0\x80", 0}, {"\xc1\xbf", 0}, {"\xc2\x80", 2},
        {"\xdf\xbf", 2}, {"\xc2", 0}, {"\xc2\x7f", 0}, {"\xc2\xc0", 0}, {"\xe0\x9f\xbf", 0}, {"\xe0\xa0\x80", 3},
        {"\xec\xbf\xbf", 3}, {"\xed\x9f\xbf", 3}, {"\xed\xa0\x80", 0}, {"\xee\x80\x80", 3}, {"\xef\xbf\xbf", 3},
        {"\xe2\x82", 0}, {"\xe2\x82(", 0}, {"\xf0\x8f\xbf\xbf", 0}, {"\xf0\x90\x80\x80", 4}, {"\xf3\xbf\xbf\xbf", 4},
        {"\xf4\x8f\xbf\xbf", 4}, {"\xf4\x90\x80\x80", 0}, {"\xf5\x80\x80\x80", 0}, {"\xf0\x9f\x98", 0}, {"\xff", 0}};
    for (auto [text, length] : table) {
        CHECK(albs::utf8_length(text) == length);
        CHECK(albs::utf8_length(std::string(text) + "x") == (text.empty() ? 1 : length));
    }
    CHECK(albs::utf8_length(std::string_view("\0", 1)) == 1);
}

TEST_CASE("utf8: each stray byte becomes one replacement, the rest stays")
{
    CHECK(albs::as_utf8("Grüße, 日本") == "Grüße, 日本");
    CHECK(albs::as_utf8("Gr\xfc\xdf" "e") == "Gr\ufffd\ufffde");
    CHECK(albs::as_utf8("\xe2\x82") == "\ufffd\ufffd");
    CHECK(albs::as_utf8("").empty());
}
