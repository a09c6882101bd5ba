// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/test_results.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

StatedCheck passed(const std::string& time = "", const std::string& name = "t/install")
{
    return {.name = name, .status = "pass", .time = time};
}

StatedCheck failed(const std::string& time = "")
{
    return {.name = "t/install", .status = "fail", .time = time};
}

const StatedCheck skipped{.name = "t/install", .status = "skip"};
const StatedCheck other{.name = "t/remove", .status = "pass"};

TestStatement run(std::uint64_t index, std::vector<StatedCheck> checks, const std::string& log = "a")
{
    return {.log = log,
            .index = index,
            .checks = std::move(checks),
            .voucher = {.kind = "test", .entry = log + "#" + std::to_string(index), .signer = {}, .time = {}}};
}

std::string entries(std::vector<TestStatement> statements)
{
    std::string all;
    for (const Voucher& voucher : passed_tests(std::move(statements)))
        all += voucher.entry + " ";
    return all;
}

} // namespace

TEST_CASE("test results: without times the order of the log decides")
{
    CHECK(entries({}).empty());
    CHECK(entries({run(1, {passed()})}) == "a#1 ");
    CHECK(entries({run(1, {failed()})}).empty());
    CHECK(entries({run(1, {skipped})}).empty());
    CHECK(entries({run(1, {skipped, {.name = "t/integrity", .status = "pass", .tries_out = false}})}).empty());
    CHECK(entries({run(1, {failed(), other}), run(2, {passed()})}) == "a#2 ");
    CHECK(entries({run(2, {passed()}), run(1, {failed()})}) == "a#2 ");
    CHECK(entries({run(1, {passed()}), run(2, {failed()})}).empty());
    CHECK(entries({run(1, {passed()}), run(2, {skipped})}) == "a#1 ");
    CHECK(entries({run(1, {passed()}), run(2, {{.name = "u/install", .status = "fail"}})}).empty()); // another task's
    CHECK(entries({run(7, {failed()}, "b"), run(9, {passed()})}).empty());                           // two logs
    CHECK(entries({run(7, {failed("T1")}, "b"), run(9, {passed("T2")})}).empty());
}

TEST_CASE("test results: a failure counts until a result that is later by both, the log and the times")
{
    CHECK(entries({run(1, {passed("T1")}), run(2, {failed("T2")}), run(3, {passed("T3")})}) == "a#1 a#3 ");
    CHECK(entries({run(1, {failed("T2")}), run(2, {passed("T1")})}).empty()); // recorded late
    CHECK(entries({run(1, {passed("T9")}), run(2, {failed("T1")})}).empty()); // a clock that is wrong, or stopped
    CHECK(entries({run(1, {failed("T1")}), run(2, {passed("T1")})}).empty()); // in one second
    CHECK(entries({run(1, {failed("T2")}), run(2, {passed()})}).empty());     // nobody says when
    CHECK(entries({run(1, {failed()}), run(2, {passed("T1")})}) == "a#2 ");
    // Each check by its own time.
    CHECK(entries({run(1, {failed("T5")}), run(2, {passed("T1"), passed("T6", "t/remove")})}).empty());
}

TEST_CASE("test results: the failures that count, and their entries")
{
    const std::vector<FailedTest> failures =
        failed_tests({run(1, {passed("T1"), other}), run(2, {failed("T2"), other}), run(3, {failed("T3")}),
                      run(5, {{.name = "t/remove", .status = "fail"}}, "b")});
    REQUIRE(failures.size() == 2);
    CHECK(failures[0].check == "t/install");
    CHECK(failures[0].entry == "a#3");
    CHECK(failures[1].check == "t/remove");
    CHECK(failures[1].entry == "b#5");
}

TEST_CASE("test results: what was recorded before is said again when another result counts since then")
{
    const TestStatement first = run(1, {passed("T1"), other});
    const TestStatement second = run(2, {failed("T2"), other});
    auto said = [&](const StatedCheck& check, const std::vector<TestStatement>& more) {
        std::vector<TestStatement> all{first};
        all.insert(all.end(), more.begin(), more.end());
        return is_news({other, check}, first, all);
    };
    CHECK_FALSE(said(passed("T3"), {}));
    CHECK(said(passed("T3"), {second}));
    CHECK_FALSE(said(passed("T1"), {second})); // an older manifest, recorded again
    CHECK_FALSE(said(passed("T2"), {second}));
    CHECK_FALSE(said(passed(), {second}));
    CHECK_FALSE(said(skipped, {second}));
    CHECK_FALSE(said(passed("T3"), {run(2, {failed("T2")}, "b")}));
    CHECK(said(passed("T1"), {run(2, {failed("T0")})})); // recorded late: the pass has to come behind it
    // A failure counts whatever its clock says.
    CHECK(is_news({failed("T0")}, run(1, {failed("T1")}), {run(1, {failed("T1")}), run(2, {passed("T2")})}));
    // A failure that others have taken for overtaken, though by another key's word.
    const TestStatement failure = run(3, {failed("T1")});
    CHECK(is_news({failed("T4")}, failure, {failure, run(4, {passed("T2")}), run(5, {failed("T3")})}));
}
