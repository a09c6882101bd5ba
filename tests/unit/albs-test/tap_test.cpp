// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-test/tap.hpp"

#include <doctest/doctest.h>

using albs::test::judge_tap;

namespace {

std::string said(const std::string& output)
{
    albs::test::TapVerdict verdict = judge_tap(output);
    return verdict.is_tap ? verdict.status + (verdict.reason.empty() ? "" : ": " + verdict.reason) : "no TAP";
}

} // namespace

TEST_CASE("TAP: a plan and as many tests that are ok pass, whatever stands between")
{
    CHECK(said("1..2\nok 1 - one\nok 2\n") == "pass");
    CHECK(said("TAP version 13\nok\n# a comment\n    not ok 1 - of a subtest\nok 2\n1..2") == "pass");
    CHECK(said("1..1\nnot ok 1 - known # TODO later\n") == "pass");
    CHECK(said("1..2\nok 1 # skip no network\nok 2\n") == "pass");
    CHECK(said("1..1\nokay\nok 1\nnot okay\n") == "pass");
}

TEST_CASE("TAP: the first test that is not ok is the reason")
{
    CHECK(said("1..3\nok 1\nnot ok 2 - second\nnot ok 3 - third\n") == "fail: not ok 2 - second");
    CHECK(said("1..1\nnot ok\n") == "fail: not ok");
    CHECK(said("1..1\nnot ok 1 # todoist is not the word\nok 2") != "pass");
}

TEST_CASE("TAP: too few, too many, no plan, no test, and Bail out! fail")
{
    CHECK(said("1..2\nok 1\n") == "fail: 2 tests were planned, 1 were done");
    CHECK(said("1..1\nok 1\nok 2\n") == "fail: 1 tests were planned, 2 were done");
    CHECK(said("TAP version 14\nok 1\n") == "fail: there is no plan: it may have ended too early");
    CHECK(said("ok 1\n") == "fail: there is no plan: it may have ended too early");
    CHECK(said("ok 1 - one\nnot ok 2\n") == "fail: not ok 2");
    CHECK(said("not ok\n") == "fail: not ok");
    CHECK(said("1..0\n") == "fail: no test was done");
    CHECK(said("1..0 # SKIP no network\nok 1\n") == "fail: no test was done");
    CHECK(said("1..2\nok 1\nBail out! no disk\nok 2\n") == "fail: Bail out! no disk");
    CHECK(said("Bail out!\n") == "fail: Bail out!");
}

TEST_CASE("TAP: all skipped is skipped, with the reason where there is one")
{
    CHECK(said("1..0 # SKIP no network\n") == "skip: no network");
    CHECK(said("1..0 # skip\n") == "skip: skipped by itself");
    CHECK(said("1..2\nok 1 # SKIP a\nok 2 # Skipped: b\n") == "skip: all of its tests were skipped");
}

TEST_CASE("TAP: other output is none")
{
    for (const char* output : {"", "hello\n", "ok\n", "ok then\n", "not okay\n", "1..\n", "1..x\n", "1..-3\n", " 1..2\nok\n",
                               "1..99999999999999999999999\n"})
        CHECK(said(output) == "no TAP");
}
