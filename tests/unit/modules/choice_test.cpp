// SPDX-License-Identifier: GPL-3.0-or-later
// With which streams a module is built: what its template allows, what is asked for, what the repositories have.
#include "modules/choice.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

using Need = modules::Stream::Need;

modules::Document repositories()
{
    modules::Document document;
    for (const char* stream : {"5.26", "5.30"})
        document.streams.push_back(
            {.name = "perl", .stream = stream, .context = "", .arch = "", .artifacts = {}, .needs = {}});
    document.streams.push_back(
        {.name = "lang", .stream = "3", .context = "", .arch = "", .artifacts = {}, .needs = {}});
    document.streams.push_back(
        {.name = "go-toolset", .stream = "rhel8", .context = "", .arch = "", .artifacts = {}, .needs = {}});
    document.defaults["perl"] = "5.26";
    return document;
}

modules::BuildDescription described(std::vector<modules::Configuration> configurations)
{
    modules::BuildDescription description;
    description.configurations = std::move(configurations);
    return description;
}

/// "perl=5.26 platform=el8", or the error.
std::string built_with(const modules::BuildDescription& description,
                       const std::map<std::string, std::string>& asked = {}, const std::string& platform = "el8")
{
    auto choice = modules::choose_build(description, platform, asked, repositories());
    if (!choice) {
        CHECK(choice.error().kind == Kind::input);
        return choice.error().message;
    }
    std::string words;
    for (const auto& [module, stream] : choice->at_build)
        words += (words.empty() ? "" : " ") + module + "=" + stream;
    return words;
}

} // namespace

TEST_CASE("go-toolset:rhel8 has the context that ALBS gives it")
{
    auto description =
        described({{"", {Need{"go-toolset", {"rhel8"}}, Need{"platform", {"el8"}}}, {Need{"platform", {"el8"}}}}});
    auto choice = modules::choose_build(description, "el8", {}, repositories());
    REQUIRE(choice);
    CHECK(choice->context == "b754926a");
    CHECK(choice->at_run == std::map<std::string, std::vector<std::string>>{{"platform", {"el8"}}});
    // What an earlier build records counts before what the template allows.
    description.recorded = {{"platform", "el8"}, {"go-toolset", "rhel8"}};
    description.configurations[0].at_build[0].streams = {};
    choice = modules::choose_build(description, "el8", {}, repositories());
    REQUIRE(choice);
    CHECK(choice->context == "b754926a");
    description.configurations[0].context = "A1";
    choice = modules::choose_build(description, "el8", {}, repositories());
    REQUIRE(choice);
    CHECK(choice->context == "A1");
}

TEST_CASE("streams: what is asked for, the only one, the default one")
{
    auto any = described({{"", {Need{"perl", {}}}, {Need{"perl", {}}}}});
    CHECK(built_with(any) == "perl=5.26");
    CHECK(built_with(any, {{"perl", "5.30"}}) == "perl=5.30");
    CHECK(built_with(any, {{"perl", "5.40"}}) ==
          "it is built with 'perl:5.40', and no repository has that module stream");
    CHECK(built_with(described({{"", {Need{"perl", {"-5.26"}}}, {}}})) ==
          "it is built with 'perl' in stream '-5.26', and which one is not said");
    CHECK(built_with(described({{"", {Need{"perl", {"5.30"}}}, {}}})) == "perl=5.30");
    CHECK(built_with(described({{"", {Need{"lang", {"3", "4"}}}, {}}})) ==
          "it is built with 'lang' in stream '3', '4', and which one is not said");
    CHECK(built_with(described({{"", {Need{"lang", {"5"}}}, {}}})) ==
          "it is built with 'lang:5', and no repository has that module stream");
    CHECK(built_with(described({{"", {Need{"perl", {"5.30"}}}, {}}}), {{"perl", "5.26"}}) ==
          "it cannot be built with the streams that --module-enable names");
    // What it needs in the same streams to build and to run, it runs with as it was built.
    auto choice = modules::choose_build(any, "el8", {}, repositories());
    REQUIRE(choice);
    CHECK(choice->at_run.at("perl") == std::vector<std::string>{"5.26"});
    auto either = described({{"", {Need{"perl", {"5.26"}}}, {Need{"perl", {"5.30", "5.26"}}}}});
    choice = modules::choose_build(either, "el8", {}, repositories());
    REQUIRE(choice);
    CHECK(choice->at_run.at("perl") == std::vector<std::string>{"5.26", "5.30"});
}

TEST_CASE("configurations: by platform, then by what is asked for; one only")
{
    auto several = described({{"A", {Need{"platform", {"el8"}}, Need{"perl", {"5.26"}}}, {}},
                              {"B", {Need{"platform", {"el8"}}, Need{"perl", {"5.30"}}}, {}},
                              {"C", {Need{"platform", {"-el8"}}}, {}}});
    CHECK(built_with(several, {{"perl", "5.30"}}) == "perl=5.30 platform=el8");
    CHECK(built_with(several, {}, "el9") == "platform=el9");
    CHECK(built_with(several) == "it can be built in 2 ways for the platform 'el8'");
    several.configurations.pop_back();
    CHECK(built_with(several, {}, "el9") == "it is not for the platform 'el9'");
}
