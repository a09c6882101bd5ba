// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that a run shows on a terminal.
#include <doctest/doctest.h>

#include "tools/albs-build/run_state.hpp"

using namespace albs::build;
using Lines = std::vector<std::string>;

TEST_CASE("run state: a line for each running task, what waits, and the whole")
{
    RunState state;
    state.jobs = 2;
    state.expected = {
        {.id = "lzo@1/el9/x86_64", .took_ms = 60'000},  {.id = "lzop@2/el9/x86_64", .waits_for = {0}},
        {.id = "flex@3/el9/x86_64", .is_over = true},   {.id = "bad@4/el9/x86_64", .is_over = true, .has_failed = true},
        {.id = "bison@5/el9/x86_64", .waits_for = {2}}, {.id = "lzop@2/el9/aarch64", .waits_for = {0}}};
    state.running["lzo@1/el9/x86_64"] = {.phase = "check", .since_ms = 1000, .began_ms = 3000, .took_ms = 60'000};
    state.running["bison@5/el9/x86_64"] = {.phase = "root", .since_ms = 12'500};
    CHECK(lines_of(state, 13'000, 24, "albs-build") ==
          Lines{"bison@5/el9/x86_64: root, 0 s", "lzo@1/el9/x86_64: check, 12 s, about 50 s left",
                "waiting: lzop for lzo",
                // 50 s of lzo, and three times 60 s as what is known on average, by two at a time
                "albs-build: 2 of 6 tasks done, 1 of them not built, about 1 min 55 s left"});
    // Little room: the whole, what waits, and as many tasks as fit.
    CHECK(lines_of(state, 13'000, 3, "albs-build").front() == "and 2 more");
    CHECK(lines_of(state, 13'000, 2, "albs-build").size() == 2);
    // Longer than ever before: nobody knows how much longer.
    CHECK(lines_of(state, 90'000, 24, "albs-build")[1] == "lzo@1/el9/x86_64: check, 1 min 29 s");
}

TEST_CASE("run state: the time left is that of the slowest, or of all of them over the jobs")
{
    RunState state;
    state.jobs = 4;
    CHECK(!time_left(state, 0));
    state.expected = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    CHECK(!time_left(state, 0));
    CHECK(lines_of(state, 0, 24, "t") == Lines{"t: 0 of 3 tasks done"});
    state.expected[0].took_ms = 9000;
    state.expected[1].took_ms = 100'000;
    state.expected[2].took_ms = 1000;
    CHECK(time_left(state, 0) == 100'000);
    state.jobs = 1;
    CHECK(time_left(state, 0) == 110'000);
    state.expected[1].is_over = true;
    CHECK(time_left(state, 0) == 10'000);
    // What nobody knows is taken for as long as what was built meanwhile.
    state.expected = {{.id = "a", .is_over = true}, {.id = "b"}};
    state.taken_ms = {4000};
    CHECK(time_left(state, 0) == 4000);
    state.expected[1].is_over = true;
    CHECK(!time_left(state, 0));
}

TEST_CASE("run state: of many that wait, the first are named")
{
    RunState state;
    state.expected.push_back({.id = "first@1/p/x86_64"});
    state.running["first@1/p/x86_64"] = {.phase = "build", .since_ms = 0};
    for (int i = 0; i < 20; ++i)
        state.expected.push_back({.id = "p" + std::to_string(i) + "@1/p/x86_64", .waits_for = {0}});
    Lines lines = lines_of(state, 5000, 24, "t");
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].starts_with("waiting: p0 for first, p1 for first, "));
    CHECK(lines[1].ends_with(", and 12 more"));
}
