// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/provenance.hpp"

#include <doctest/doctest.h>

using namespace albs;

TEST_CASE("the provenance of a task names what it was made from, each with its digest")
{
    CHECK(own_type("rpm-build") == "https://build.almalinux.org/attestation/rpm-build/v1");
    Source source;
    source.id = "x@0123";
    source.commit = "0123";
    CHECK(write_json(git_descriptor(source)) == R"({"name":"x@0123","digest":{"gitCommit":"0123"}})");
    source.url = "https://git.example.org/x.git";
    CHECK(write_json(git_descriptor(source)) ==
          R"({"uri":"git+https://git.example.org/x.git@0123","digest":{"gitCommit":"0123"}})");
    // Of a task whose source is not in the manifest: what the task itself says.
    Task task;
    task.id = "x@0123/p/x86_64";
    task.buildroot = "9";
    task.log = "8";
    Json made = provenance_of(Manifest(), task, {.key = {}, .origin = "log.example.org/a"});
    const Json* definition = made.find("buildDefinition");
    REQUIRE(definition != nullptr);
    CHECK(write_json(*definition->find("resolvedDependencies")) ==
          R"([{"name":"buildroot lock","digest":{"sha256":"9"}}])");
    CHECK(definition->find("internalParameters")->find("transformations") == nullptr);
    task.transformations = {
        {.kind = "rpmautospec", .input = "1", .output = "2", .by = {}, .program = {}, .buildroot = {}}};
    made = provenance_of(Manifest(), task, {.key = {}, .origin = "log.example.org/a"});
    CHECK(write_json(*made.find("buildDefinition")->find("internalParameters")->find("transformations")) ==
          R"([{"kind":"rpmautospec","input":"1","output":"2"}])");
    CHECK(made.find("runDetails")->find("builder")->find("id")->string()->view() ==
          "https://log.example.org/a/albs-build");
}
