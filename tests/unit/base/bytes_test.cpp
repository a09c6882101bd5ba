// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/bytes.hpp"

#include <doctest/doctest.h>

using albs::as_bytes;
using albs::as_text;

TEST_CASE("hex: one value has one spelling")
{
    CHECK(albs::to_hex(as_bytes(std::string_view("\x00\x7f\x80\xff", 4))) == "007f80ff");
    CHECK(albs::to_hex({}).empty());
    CHECK(as_text(*albs::from_hex("68656c6c6f")) == "hello");
    CHECK(albs::from_hex("")->empty());
    for (std::string_view bad : {"0", "000", "0G", "AB", "aB", " 00", "00 ", "0x00", "-1", "\n0", "ü"})
        CHECK(!albs::from_hex(bad));
    CHECK(!albs::from_hex(std::string_view("0\0", 2)));
}

TEST_CASE("base64: the vectors of RFC 4648 §10")
{
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (auto [plain, text] : vectors) {
        CHECK(albs::to_base64(plain) == text);
        REQUIRE(albs::from_base64(text));
        CHECK(as_text(*albs::from_base64(text)) == plain);
    }
    CHECK(albs::to_base64(std::string_view("\xfb\xff\xbf", 3)) == "+/+/");
}

TEST_CASE("base64: every other spelling is refused")
{
    for (std::string_view bad : {"Z", "Zg", "Zg=", "Zg===", "=Zg=", "Z===", "====", "Zg==Zg==", "Zm8=Zg==", "Zh==",
                                 "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9-", "Zm9_", "Zm9.", "Z\xc3\xbcg="})
        CHECK_MESSAGE(!albs::from_base64(bad), bad);
}

TEST_CASE("base64: all lengths and bytes come back")
{
    std::string bytes;
    for (int i = 0; i < 600; ++i) {
        REQUIRE(albs::from_base64(albs::to_base64(bytes)));
        CHECK(as_text(*albs::from_base64(albs::to_base64(bytes))) == bytes);
        CHECK(as_text(*albs::from_hex(albs::to_hex(as_bytes(bytes)))) == bytes);
        bytes += static_cast<char>(i * 7);
    }
}
