// SPDX-License-Identifier: GPL-3.0-or-later
// What is read of a template for its build, and the document that is written of what was built.
#include "modules/build_description.hpp"

#include <doctest/doctest.h>

#include "modules/library.hpp"

using namespace albs;

namespace {

const std::string second = R"(document: modulemd
version: 2
data:
  summary: Tools
  description: Tools of a language
  license: {module: [MIT], content: [Old]}
  dependencies:
  - buildrequires: {platform: [el8], lang: []}
    requires: {platform: [el8], lang: []}
  profiles: {common: {rpms: [tool]}, buildroot: {rpms: [macros]}, srpm-buildroot: {rpms: [helper]}}
  api: {rpms: [tool]}
  filter: {rpms: [tool-tests]}
  buildopts:
    rpms: {macros: "%first 1\n%second %{first}2\n"}
    arches: [x86_64]
  components:
    rpms:
      tool: {rationale: It is wanted, ref: main, buildorder: 10, arches: [x86_64, i686], multilib: [x86_64]}
      macros: {rationale: First, ref: main, buildroot: true, srpm-buildroot: true}
      helper: {rationale: To build, ref: main, buildonly: true}
)";

const std::string third = R"(document: modulemd-packager
version: 3
data:
  name: other
  stream: other
  summary: Tools
  description: Tools of a language
  license: [MIT]
  configurations:
  - {context: A1, platform: el8, buildrequires: {lang: ["3"]}, buildopts: {rpms: {macros: "%word one\n"}}}
  - {context: A2, platform: el9, buildopts: {rpms: {macros: "%word two\n"}}}
  components:
    rpms:
      tool: {rationale: It is wanted, buildafter: [macros]}
      macros: {rationale: First}
)";

modules::BuildDescription read(const std::string& text)
{
    auto description = modules::library().read_description(text, "tools", "1");
    REQUIRE(description);
    return *description;
}

} // namespace

TEST_CASE("a template of version 2")
{
    modules::BuildDescription tools = read(second);
    REQUIRE(tools.configurations.size() == 1);
    const modules::Configuration& only = tools.configurations[0];
    CHECK(only.context.empty());
    CHECK(only.definitions == std::vector<std::string>{"first 1", "second %{first}2"});
    CHECK(only.arches == std::vector<std::string>{"x86_64"});
    REQUIRE(only.at_build.size() == 2);
    CHECK(only.at_build[0].module == "lang");
    CHECK(only.at_build[0].streams.empty());
    CHECK(only.at_run[1].streams == std::vector<std::string>{"el8"});
    CHECK(tools.version == 0);
    CHECK(tools.filter == std::vector<std::string>{"tool-tests"});
    CHECK(tools.buildroot == std::vector<std::string>{"macros"});
    CHECK(tools.srpm_buildroot == std::vector<std::string>{"helper"});
    REQUIRE(tools.components.size() == 3);
    CHECK(tools.components[0].buildonly);
    CHECK(tools.components[1].buildroot);
    CHECK(tools.components[1].srpm_buildroot);
    CHECK_FALSE(tools.components[2].buildroot);
    CHECK(tools.components[2].arches == std::vector<std::string>{"i686", "x86_64"});
    CHECK(tools.components[2].multilib == std::vector<std::string>{"x86_64"});
}

TEST_CASE("what a document says of itself counts: version, static context, what it was built with")
{
    std::string text = second;
    text.replace(text.find("  summary"), 0,
                 "  version: 8100020240101120000\n  context: c0ffee00\n  static_context: true\n"
                 "  xmd: {mbs: {buildrequires: {lang: {stream: '4', ref: x}, platform: {stream: el8}, odd: 1}}}\n");
    modules::BuildDescription tools = read(text);
    CHECK(tools.version == 8100020240101120000U);
    CHECK(tools.configurations[0].context == "c0ffee00");
    CHECK(tools.recorded == std::map<std::string, std::string>{{"lang", "4"}, {"platform", "el8"}});
    text.replace(text.find("true"), 4, "false");
    CHECK(read(text).configurations[0].context.empty());
}

TEST_CASE("a packagers' document of version 3 has a configuration for each platform")
{
    modules::BuildDescription tools = read(third);
    REQUIRE(tools.configurations.size() == 2);
    CHECK(tools.configurations[0].context == "A1");
    CHECK(tools.configurations[0].definitions == std::vector<std::string>{"word one"});
    CHECK(tools.configurations[0].at_build[0].module == "lang");
    CHECK(tools.configurations[1].context == "A2");
    CHECK(tools.configurations[1].definitions == std::vector<std::string>{"word two"});
    CHECK(tools.components[1].buildafter == std::vector<std::string>{"macros"});
}

TEST_CASE("what cannot be built is refused")
{
    for (const std::string& text : {std::string("no: template"), std::string("[")}) {
        auto refused = modules::library().read_description(text, "tools", "1");
        REQUIRE(!refused);
        CHECK(refused.error().kind == Kind::input);
        CHECK(refused.error().message.starts_with("the module template cannot be read: "));
    }
    std::string text = second;
    text.replace(text.find("%first 1"), 8, "first 1");
    auto refused = modules::library().read_description(text, "tools", "1");
    REQUIRE(!refused);
    CHECK(refused.error().message == "'first 1' defines no macro: it is not '%NAME BODY' in one line");
}

TEST_CASE("the document of a stream that was built")
{
    modules::BuiltStream built;
    built.identity = {"tools", "1", 9000020240101120000U, "b754926a"};
    built.arch = "x86_64";
    built.at_build = {{"platform", "el8"}, {"lang", "3"}};
    built.at_run = {{"platform", {"el8"}}, {"lang", {"3"}}};
    built.commits = {{"tool", "0123abcd"}};
    built.arches = {{"tool", {"x86_64"}}};
    built.buildonly = {"helper"};
    built.licenses = {"MIT", "GPL-2.0-only"};
    built.artifacts = {"tool-0:1-1.x86_64", "macros-2:1-1.noarch"};
    auto written = modules::library().write_stream(second, built);
    REQUIRE(written);
    auto document = modules::library().read({*written});
    REQUIRE(document);
    REQUIRE(document->streams.size() == 1);
    const modules::Stream& stream = document->streams[0];
    CHECK(stream.name + ":" + stream.stream + ":" + stream.context + ":" + stream.arch == "tools:1:b754926a:x86_64");
    CHECK(stream.version == 9000020240101120000U);
    CHECK(stream.artifacts == std::vector<std::string>{"macros-2:1-1.noarch", "tool-0:1-1.x86_64"});
    REQUIRE(stream.needs.size() == 2);
    CHECK(stream.needs[0].streams == std::vector<std::string>{"3"});
    for (const char* words :
         {"ref: 0123abcd", "arches: [x86_64]", "- helper\n    - tool-tests", "- GPL-2.0-only\n    - MIT"})
        CHECK_MESSAGE(written->find(words) != std::string::npos, *written);
    CHECK(written->find("Old") == std::string::npos);
    // The same again: the same bytes.
    auto again = modules::library().write_stream(second, built);
    REQUIRE(again);
    CHECK(*again == *written);
    // What was left out is in a stream beside it.
    built.left_out = {"tool-tests-0:1-1.x86_64"};
    written = modules::library().write_stream(second, built);
    REQUIRE(written);
    document = modules::library().read({*written});
    REQUIRE(document);
    REQUIRE(document->streams.size() == 2);
    CHECK(document->streams[1].name == "tools-devel");
    CHECK(document->streams[1].artifacts == built.left_out);
    CHECK(document->streams[1].needs.back().module == "tools");
    CHECK(written->find("profiles", written->find("tools-devel")) == std::string::npos);
}
