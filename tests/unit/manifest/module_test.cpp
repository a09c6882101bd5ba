// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/module.hpp"

#include <doctest/doctest.h>

#include "unit/manifest/full_manifest.hpp"

using namespace manifest_test;

TEST_CASE("a module: its id stands for the document and what each component is")
{
    albs::Manifest manifest = full();
    albs::Module module = manifest.modules().at(0);
    CHECK(module.id == "greetings:1@" + albs::module_digest(module).substr(0, 12));
    const std::string digest = albs::module_digest(module);
    albs::Module elsewhere = module;
    elsewhere.url = "https://git.example.net/modules/greetings.git";
    elsewhere.ref = "stream-1";
    CHECK(albs::module_digest(elsewhere) == digest);
    CHECK(manifest.add(elsewhere));
    REQUIRE(manifest.modules().size() == 2); // another attempt, of the same id
    CHECK(plain_id(manifest.modules()[1]) == module.id);
    module.components[0].source = "hello@ba9876543210";
    CHECK(albs::module_digest(module) != digest);
}
