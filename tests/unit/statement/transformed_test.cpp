// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/transformed.hpp"

#include <doctest/doctest.h>

using namespace albs;

TEST_CASE("the provenance names what went into each change of a source tree, and what came out")
{
    Source source;
    source.transformations = {
        {.kind = "debrand", .input = "a", .output = "b", .by = "c", .program = {}, .buildroot = {}}};
    Task task;
    task.transformations = {{.kind = "rpmautospec",
                             .input = "b",
                             .output = "d",
                             .by = "e",
                             .program = "rpmautospec 0.8",
                             .buildroot = "f"}};
    CHECK(write_json(transformations_of(&source, task)) ==
          R"([{"kind":"debrand","input":"a","output":"b","by":"c"},)"
          R"({"kind":"rpmautospec","input":"b","output":"d","by":"e","program":"rpmautospec 0.8","buildroot":"f"}])");
    Json list = Json::array();
    add_transformed(list, &source, task);
    CHECK(write_json(list) == R"([{"name":"source tree before debrand","digest":{"sha256":"a"}},)"
                              R"({"name":"what told debrand how","digest":{"sha256":"c"}},)"
                              R"({"name":"source tree after rpmautospec","digest":{"sha256":"d"}},)"
                              R"({"name":"what told rpmautospec how","digest":{"sha256":"e"}},)"
                              R"({"name":"buildroot lock of rpmautospec","digest":{"sha256":"f"}}])");
    CHECK(write_json(transformations_of(nullptr, Task())) == "[]");
    Json none = Json::array();
    add_transformed(none, nullptr, Task());
    CHECK(write_json(none) == "[]");
}
