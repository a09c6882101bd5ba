// SPDX-License-Identifier: GPL-3.0-or-later
// Module streams: what modules.yaml says, and which streams are active.
#include <doctest/doctest.h>

#include <algorithm>

#include "modules/library.hpp"
#include "repositories/resolve.hpp"

using namespace albs;

namespace {

std::string stream(const std::string& name, const std::string& stream, const std::string& needs, int version = 1)
{
    return "---\ndocument: modulemd\nversion: 2\ndata:\n  name: " + name + "\n  stream: \"" + stream +
           "\"\n  version: " + std::to_string(version) +
           "\n  context: cafe\n  arch: x86_64\n  summary: s\n  description: d\n"
           "  license: {module: [MIT]}\n  dependencies:\n  - requires: {" +
           needs + "}\n  artifacts:\n    rpms:\n    - " + name + "-0:" + stream + "-1.x86_64\n...\n";
}

std::string preset(const std::string& name, const std::string& stream)
{
    return "---\ndocument: modulemd-defaults\nversion: 1\ndata:\n  module: " + name + "\n  stream: \"" + stream +
           "\"\n...\n";
}

const std::string all = stream("tool", "1", "platform: [el9]") + stream("tool", "2", "platform: [el9], lang: [3]") +
                        stream("lang", "3", "platform: [el9]") + stream("lang", "4", "platform: [el9]") +
                        stream("old", "1", "platform: [el8]") + stream("any", "1", "lang: [-4]") + preset("tool", "1");

modules::Document read(const std::string& text)
{
    auto document = modules::library().read({text});
    REQUIRE(document.has_value());
    return *std::move(document);
}

/// Names and streams of what is active.
std::vector<std::string> active(const modules::Document& document, const std::vector<std::string>& enable,
                                const std::string& platform = "platform:el9",
                                const std::vector<std::string>& disable = {})
{
    auto choice = repositories::choose_streams(
        document, {.arch = "x86_64", .enable = enable, .disable = disable, .platform_id = platform});
    REQUIRE(choice.has_value());
    std::vector<std::string> names;
    for (const std::string& one : choice->active)
        names.push_back(one.substr(0, one.find(':', one.find(':') + 1)));
    return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("streams and defaults are read as they stand")
{
    modules::Document document = read(all);
    CHECK(document.streams.size() == 6);
    CHECK(document.defaults.at("tool") == "1");
    CHECK(document.defaults.count("lang") == 0);
    auto tool = std::find_if(document.streams.begin(), document.streams.end(),
                             [](const auto& one) { return one.name == "tool" && one.stream == "2"; });
    REQUIRE(tool != document.streams.end());
    CHECK(tool->artifacts == Names{"tool-0:2-1.x86_64"});
    CHECK(tool->context == "cafe");
    CHECK(std::any_of(tool->needs.begin(), tool->needs.end(),
                      [](const auto& need) { return need.module == "lang" && need.streams == Names{"3"}; }));
}

TEST_CASE("defaults that contradict each other are none; what is no module metadata is refused")
{
    CHECK(read(all + preset("lang", "3")).defaults.at("lang") == "3");
    auto both = modules::library().read({all + preset("lang", "3"), preset("lang", "4")});
    REQUIRE(both.has_value());
    CHECK(both->defaults.count("lang") == 0);
    for (const char* bad :
         {"words", "---\ndocument: modulemd\nversion: 2\ndata: {name: x}\n...\n", "---\n[unclosed\n"}) {
        CAPTURE(bad);
        auto document = modules::library().read({bad});
        REQUIRE_FALSE(document.has_value());
        CHECK(document.error().kind == Kind::input);
    }
}

TEST_CASE("default streams are active, those that are enabled in their place, and what these need")
{
    modules::Document document = read(all);
    CHECK(active(document, {}) == Names{"tool:1"});
    CHECK(active(document, {"tool:2"}) == Names{"lang:3", "tool:2"});
    CHECK(active(document, {"tool"}) == Names{"tool:1"});
    CHECK(active(document, {"tool:2/devel"}) == Names{"lang:3", "tool:2"});
    CHECK(active(document, {"tool:2:1:cafe"}) == Names{"lang:3", "tool:2"});
    CHECK(active(document, {"any:1"}) == Names{"any:1", "lang:3", "tool:1"});
    CHECK(active(document, {}, "platform:el9", {"tool"}).empty());
    CHECK(active(document, {"old:1"}, "") == Names{"old:1", "tool:1"}); // nobody asked what the platform is
}

TEST_CASE("streams that cannot be active are refused with the reason")
{
    modules::Document document = read(all);
    auto refusal = [&](const Names& enable) {
        auto choice =
            repositories::choose_streams(document, {.arch = "x86_64", .enable = enable, .platform_id = "platform:el9"});
        REQUIRE_FALSE(choice.has_value());
        CHECK(choice.error().kind == Kind::input);
        return choice.error().message;
    };
    CHECK(refusal({"tool:2", "lang:4"}).starts_with("module streams do not go together: "));
    CHECK(refusal({"old:1"}).starts_with("module streams do not go together: "));
    CHECK(refusal({"tool:3"}) == "no repository has module stream 'tool:3'");
    CHECK(refusal({"nobody:1"}) == "no repository has module stream 'nobody:1'");
    CHECK(refusal({"lang"}) == "module 'lang' has no default stream");
    CHECK(refusal({"tool:1", "tool:2"}) == "module 'tool' is to be of stream '1' and of '2'");
}
