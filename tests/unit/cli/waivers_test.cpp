// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/waivers.hpp"

#include <doctest/doctest.h>

using namespace albs;
using cli::Waivers;

namespace {

const std::vector<std::string_view> gates{"test", "closure"};

std::string why(Waivers& waivers, std::string_view gate, std::string_view nevra)
{
    const std::string* reason = waivers.reason(gate, nevra);
    return reason == nullptr ? "(none)" : *reason;
}

} // namespace

TEST_CASE("a waiver is for one gate, and for one package or all")
{
    auto waivers = Waivers::read({"test=all", "test:a-1:2-3.noarch=one", "closure:b-1-1.x86_64= x=y "}, gates);
    REQUIRE(waivers);
    CHECK(why(*waivers, "test", "a-1:2-3.noarch") == "one");
    CHECK(why(*waivers, "test", "b-1-1.x86_64") == "all");
    CHECK(why(*waivers, "closure", "b-1-1.x86_64") == "x=y");
    CHECK(why(*waivers, "closure", "a-1:2-3.noarch") == "(none)");
    CHECK(waivers->names("closure"));
    auto last = Waivers::read({"test:a=1", "test=2", "test=3", "test:a=4"}, gates);
    REQUIRE(last);
    CHECK(why(*last, "test", "a") == "4");
    CHECK(why(*last, "test", "b") == "3");
    CHECK_FALSE(last->names("closure"));
}

TEST_CASE("a waiver without gate, package or reason is refused")
{
    for (const char* text : {"", "x", "test", "test=", "test= ", "test:=x", ":a=x", "=x", "signature=x", "test:a",
                             "test=two\nlines", "Test=x"}) {
        CAPTURE(text);
        auto waivers = Waivers::read({text}, gates);
        REQUIRE_FALSE(waivers);
        CHECK(waivers.error().kind == Kind::usage);
    }
}
