// SPDX-License-Identifier: GPL-3.0-or-later
// Version, context and dist of module streams, against values that the AlmaLinux Build System's own code came to.
#include "modules/identity.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

// What modularity.py of ALBS (go-toolset, its fixture) and calc_dist_macro() say.
const modules::Identity go_toolset{"go-toolset", "rhel8", 8100020240101120000, "b754926a"};

} // namespace

TEST_CASE("the context of go-toolset:rhel8, as ALBS has it")
{
    CHECK(modules::context_of({{"platform", "el8"}, {"go-toolset", "rhel8"}}, {{"platform", {"el8"}}}) == "b754926a");
    // Each of these is a part of it.
    CHECK(modules::context_of({{"platform", "el8"}}, {{"platform", {"el8"}}}) != "b754926a");
    CHECK(modules::context_of({{"platform", "el8"}, {"go-toolset", "rhel8"}}, {{"platform", {}}}) != "b754926a");
}

TEST_CASE("contexts of several streams, of none, and of names that JSON escapes, as Python comes to them")
{
    CHECK(modules::context_of({}, {}) == "6a6c3e52");
    CHECK(modules::context_of({{"perl", "5.30"}, {"platform", "el8"}}, {{"perl", {"5.26", "5.30"}}, {"x", {}}}) ==
          "9d153410");
    CHECK(modules::context_of({{"a\"\\\x01", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"}}, {}) == "ffc0bc2c");
}

TEST_CASE("dist and label of go-toolset:rhel8, as ALBS has them")
{
    CHECK(modules::dist_of(go_toolset, "el8.10.0", 3000) == ".module_el8.10.0+3000+5db80f9e");
    CHECK(go_toolset.label() == "go-toolset:rhel8:8100020240101120000:b754926a");
    modules::Identity other = go_toolset;
    other.version += 1;
    CHECK(modules::dist_of(other, "el8.10.0", 3000) != ".module_el8.10.0+3000+5db80f9e");
}

TEST_CASE("versions: a prefix and a time, in 64 bits")
{
    auto version = modules::version_of("81000", 1704110400); // 2024-01-01 12:00:00
    REQUIRE(version);
    CHECK(*version == 8100020240101120000);
    auto tenth = modules::version_of("100000", 1704110400);
    REQUIRE(tenth);
    CHECK(*tenth == 10000020240101120000U);
    for (const char* prefix : {"1000000", "-1", "el8", " 8"}) {
        CAPTURE(prefix);
        auto refused = modules::version_of(prefix, 1704110400);
        REQUIRE(!refused);
        CHECK(refused.error().kind == Kind::input);
    }
}

TEST_CASE("macros of a module: one a line, with comments between them")
{
    auto read = modules::definitions_of("# first\n\n %_with_x 1\n%name(x:)\t a  b %{?dist} \n");
    REQUIRE(read);
    CHECK(*read == std::vector<std::string>{"_with_x 1", "name(x:) a  b %{?dist}"});
    for (const char* line : {"name body", "%name", "% body", "%name a \\"}) {
        CAPTURE(line);
        auto refused = modules::definitions_of(line);
        REQUIRE(!refused);
        CHECK(refused.error().kind == Kind::input);
        CHECK(refused.error().message.find("defines no macro") != std::string::npos);
    }
}
