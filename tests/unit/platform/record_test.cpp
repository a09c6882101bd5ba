// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/record.hpp"

#include <doctest/doctest.h>

using namespace albs;
using namespace albs::platform;

namespace {

std::string record(const std::string& dist, const std::string& macros)
{
    return R"({"schema":"albs.platform/1","backend":"host","rpmrc":"","macros":")" + macros +
           R"(","definition":{"name":"it","data":{"definitions":{"dist":")" + dist +
           R"("}},"repositories":[{"name":"base","arch":"x86_64","url":"https://example.org/)" + dist + R"("}]}})";
}

} // namespace

TEST_CASE("platform record: what differs is named by member, repository and macro")
{
    auto same = platform_differences(record(".a", "%x 1\\n"), record(".a", "%x 1\\n"));
    REQUIRE(same);
    CHECK(same->empty());
    auto found = platform_differences(record(".a", "%x 1\\n%y 2\\n"), record(".b", "%x 1 \\\\\\n2\\n"));
    REQUIRE(found);
    REQUIRE(found->size() == 4);
    CHECK(found->at(0) == "data.definitions.dist: '\".a\"', then '\".b\"'");
    CHECK(found->at(1).starts_with("repository base x86_64: "));
    CHECK(found->at(2) == "macro %x: '1', then '1 \\\n2'");
    CHECK(found->at(3) == "macro %y: '2', then nothing");
}

TEST_CASE("platform record: what is none is refused")
{
    for (const char* text : {"", "[]", "{}", "nonsense", R"({"schema":"albs.platform/2","definition":{}})",
                             R"({"schema":"albs.platform/1"})", R"({"schema":"albs.platform/1","definition":[]})",
                             R"({"schema":1,"definition":{}})"}) {
        CAPTURE(text);
        CHECK(platforms_file(text).error().kind == Kind::input);
        CHECK(platform_differences(text, record(".a", "")).error().kind == Kind::input);
    }
    CHECK(platforms_file(record(".a", "")).has_value());
}
