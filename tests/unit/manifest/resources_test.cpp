// SPDX-License-Identifier: GPL-3.0-or-later
// What builds used: what was not measured is absent, and never 0.
#include <doctest/doctest.h>

#include "albs/manifest/records.hpp"
#include "albs/manifest/resources.hpp"

using namespace albs;

TEST_CASE("resources: rounds count together, and what one of them does not know is unknown")
{
    Resources first{.elapsed_ms = 10, .cpu_ms = 20, .memory_peak = 5, .process_peak = {}, .disk_peak = 7};
    Resources second{.elapsed_ms = 1, .cpu_ms = {}, .memory_peak = 9, .process_peak = 3, .disk_peak = 6};
    Resources wanted{.elapsed_ms = 11, .cpu_ms = {}, .memory_peak = 9, .process_peak = {}, .disk_peak = 7};
    CHECK(in_turn(first, second) == wanted);
    CHECK(in_turn(second, first) == wanted);
}

TEST_CASE("resources: written as far as they are known")
{
    Task task;
    task.id = "a@1/host/x86_64";
    task.started = task.finished = "2026-01-01T00:00:00Z";
    CHECK(to_json(task).find("resources") == nullptr);
    task.resources = Resources{.elapsed_ms = 12, .cpu_ms = 3, .memory_peak = {}, .process_peak = {}, .disk_peak = 4096};
    CHECK(write_json(*to_json(task).find("resources")) == R"({"elapsed_ms":12,"cpu_ms":3,"disk_peak":4096})");
    task.status = "ok";
    auto again = read_record<Task>(to_json(task));
    REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
    CHECK(again->resources == task.resources);
    // Two honest runs differ in it, and in nothing else.
    CHECK(RecordType<Task>::differs("resources") == Differs::freely);
}
