// SPDX-License-Identifier: GPL-3.0-or-later
// Options by package and branch.
#include <doctest/doctest.h>

#include "platform/overrides.hpp"

using namespace albs;
using namespace albs::platform;

namespace {

std::string refusal(const std::string& text)
{
    auto read = Overrides::read(text, "b.json");
    if (read)
        return "accepted";
    CHECK(read.error().kind == Kind::input);
    return read.error().message;
}

} // namespace

TEST_CASE("the pattern with the most literal characters counts, alone")
{
    auto read = Overrides::read(R"({"hello": {"*": {"secure_boot": true}, "a9*": {"linked_builds": [7, "https://x/"]},
        "a9-beta": {"platform_flavors": ["f"], "mock_options": {"definitions": {"dist": ".el9", "n": 1}, "with": ["a"],
        "without": ["b"], "module_enable": ["m:1"], "yum_exclude": ["x*"], "target_arch": "noarch"}}}})",
                                "b.json");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    REQUIRE(read->find("hello", "c8") != nullptr);
    CHECK(read->find("hello", "c8")->secure_boot);
    const Override* nine = read->find("hello", "a9s");
    REQUIRE(nine != nullptr);
    CHECK(!nine->secure_boot);
    CHECK(nine->linked == std::vector<std::string>{"7", "https://x/"});
    const Override* beta = read->find("hello", "a9-beta");
    REQUIRE(beta != nullptr);
    CHECK(beta->flavors == std::vector<std::string>{"f"});
    CHECK(beta->options.definitions == Macros{{"dist", ".el9"}, {"n", "1"}});
    CHECK(beta->options.with == std::vector<std::string>{"a"});
    CHECK(beta->options.without == std::vector<std::string>{"b"});
    CHECK(beta->options.module_enable == std::vector<std::string>{"m:1"});
    CHECK(beta->options.yum_exclude == std::vector<std::string>{"x*"});
    CHECK(beta->options.target_arch == "noarch");
    CHECK(read->find("hell", "a9") == nullptr);
}

TEST_CASE("what is no options by package is refused")
{
    CHECK(refusal("[]") == "'b.json': not an object of packages");
    CHECK(refusal(R"({"a": []})") == "'b.json': package 'a' is no object of branches");
    CHECK(refusal(R"({"a": {"*": {"flavors": []}}})") == "'b.json': unknown key 'flavors' in package 'a', branch '*'");
    CHECK(refusal(R"({"a": {"*": {"mock_options": {"definition": {}}}}})") ==
          "'b.json': unknown key 'definition' in mock_options of package 'a', branch '*'");
    CHECK(refusal(R"({"a": {"*": {"mock_options": {"with": "x"}}}})") ==
          "'b.json': 'with' of mock_options of package 'a', branch '*' is not a list");
    CHECK(refusal(R"({"a": {"*": {"secure_boot": 1}}})") ==
          "'b.json': 'secure_boot' of package 'a', branch '*' is not true or false");
    CHECK(refusal("{").compare(0, 10, "'b.json': ") == 0);
}
