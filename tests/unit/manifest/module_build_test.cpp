// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/module_build.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"

using namespace albs;

TEST_CASE("a module that is built again as another version is another attempt; the table comes with its first record")
{
    ModuleBuild build{.id = "tools:1@012345678901/p/x86_64",
                      .module = "tools:1@012345678901",
                      .platform = "p",
                      .arch = "x86_64",
                      .name = "tools",
                      .stream = "1",
                      .version = "10000020240101120000",
                      .context = "b754926a",
                      .dist = ".module_el10.0.0+1+01234567",
                      .tasks = {"tool@1/p/x86_64"},
                      .document = std::string(64, 'a')};
    Manifest manifest;
    CHECK(manifest.json().find("module_builds") == nullptr);
    REQUIRE(manifest.add(build));
    REQUIRE(manifest.add(build));
    CHECK(manifest.module_builds().size() == 1);
    auto read = Manifest::parse(manifest.text());
    REQUIRE(read);
    CHECK(read->module_builds().at(0).version == "10000020240101120000");
    build.version = "10000020240101120001";
    REQUIRE(manifest.add(build));
    REQUIRE(manifest.module_builds().size() == 2);
    CHECK(*manifest.module_builds()[1].follows == "tools:1@012345678901/p/x86_64");
    CHECK(manifest.in_force<ModuleBuild>().front()->version == "10000020240101120001");
}
