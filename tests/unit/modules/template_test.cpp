// SPDX-License-Identifier: GPL-3.0-or-later
// Module templates: what is read of each version, and in which order components are built.
#include <doctest/doctest.h>

#include "modules/library.hpp"

using namespace albs;

namespace {

const std::string general = "  summary: s\n  description: d\n";
const std::string components =
    "  components:\n    rpms:\n"
    "      b: {rationale: r, ref: main, buildorder: 1, repository: 'https://example.org/b.git'}\n"
    "      c: {rationale: r, name: other, cache: 'https://example.org/cache', arches: [x86_64]}\n"
    "      a: {rationale: r, ref: main, buildorder: 1}\n";

std::string keys(const modules::Template& read)
{
    std::string all;
    for (const modules::Component& component : read.components)
        all += component.key;
    return all;
}

std::string order_of(std::vector<modules::Component> list)
{
    auto ordered = modules::in_build_order(std::move(list));
    if (!ordered)
        return ordered.error().message;
    modules::Template read;
    read.components = std::move(*ordered);
    return keys(read);
}

modules::Component component(const std::string& key, std::int64_t order, std::vector<std::string> after = {})
{
    return {.key = key,
            .name = key,
            .repository = "",
            .ref = "",
            .cache = "",
            .buildorder = order,
            .buildafter = std::move(after)};
}

} // namespace

TEST_CASE("templates: modulemd 2, and packagers' documents 2 and 3")
{
    const std::string licensed = general + "  license: {module: [MIT]}\n";
    for (const std::string& head : {std::string("document: modulemd\nversion: 2\ndata:\n"),
                                    std::string("document: modulemd-packager\nversion: 2\ndata:\n")}) {
        CAPTURE(head);
        auto read = modules::library().read_template(head + licensed + components);
        REQUIRE(read);
        CHECK(read->name.empty());
        CHECK(read->stream.empty());
        CHECK(keys(*read) == "cab");
        CHECK(read->components[0].name == "other");
        CHECK(read->components[0].cache == "https://example.org/cache");
        CHECK(read->components[0].ref.empty());
        CHECK(read->components[2].repository == "https://example.org/b.git");
        CHECK(read->components[2].buildorder == 1);
    }
    auto third = modules::library().read_template(
        "document: modulemd-packager\nversion: 3\ndata:\n  name: tools\n  stream: '1'\n" + general +
        "  license: [MIT]\n  configurations:\n  - context: A1\n    platform: el9\n  components:\n    rpms:\n"
        "      a: {rationale: r, buildafter: [b]}\n      b: {rationale: r}\n"
        "    modules:\n      lib: {rationale: r, ref: main}\n");
    REQUIRE(third);
    CHECK(third->name == "tools");
    CHECK(third->stream == "1");
    CHECK(keys(*third) == "ba");
    CHECK(third->modules == std::vector<std::string>{"lib"});
}

TEST_CASE("templates: what libmodulemd refuses is an error")
{
    for (const char* text : {"", "no: template\n", "document: modulemd\nversion: 9\ndata: {}\n", "[",
                             "document: modulemd-defaults\nversion: 1\ndata:\n  module: x\n"}) {
        auto read = modules::library().read_template(text);
        CAPTURE(text);
        REQUIRE(!read);
        CHECK(read.error().kind == Kind::input);
        CHECK(read.error().message.starts_with("the module template cannot be read: "));
    }
}

TEST_CASE("components: by buildorder, then by name, each behind what it is built after")
{
    CHECK(order_of({component("a", 3), component("b", -1), component("c", 0)}) == "bca");
    CHECK(order_of({component("a", 0, {"c"}), component("b", 0), component("c", 0, {"b"})}) == "bca");
    CHECK(order_of({component("a", 0, {"b"}), component("b", 0, {"a"}), component("c", 0)}) ==
          "component 'a' is to be built after itself, by way of others");
    CHECK(order_of({component("a", 0, {"x"})}) == "component 'a' is to be built after 'x', which is no component");
}
