// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/test_results.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

const StatedCheck passed{"t/install", "pass"};
const StatedCheck failed{"t/install", "fail"};
const StatedCheck skipped{"t/install", "skip"};
const StatedCheck other{"t/remove", "pass"};

TestStatement run(std::uint64_t index, std::vector<StatedCheck> checks, const std::string& log = "a",
                  const std::string& time = "")
{
    return {.log = log,
            .index = index,
            .checks = std::move(checks),
            .voucher = {.kind = "test", .entry = log + "#" + std::to_string(index), .signer = {}, .time = time}};
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
    CHECK(entries({run(1, {passed})}) == "a#1 ");
    CHECK(entries({run(1, {failed})}).empty());
    CHECK(entries({run(1, {skipped})}).empty());
    CHECK(entries({run(1, {failed, other}), run(2, {passed})}) == "a#2 ");
    CHECK(entries({run(2, {passed}), run(1, {failed})}) == "a#2 ");
    CHECK(entries({run(1, {passed}), run(2, {failed})}).empty());
    CHECK(entries({run(1, {passed}), run(2, {skipped})}) == "a#1 ");
    CHECK(entries({run(1, {passed}), run(2, {{"u/install", "fail"}})}).empty()); // made by another task
    CHECK(entries({run(7, {failed}, "b"), run(9, {passed})}).empty());           // no order between two logs
}

TEST_CASE("test results: the times of the tests decide before the order of the log")
{
    auto at = [](std::uint64_t index, const StatedCheck& check, const std::string& time) {
        return run(index, {check}, "a", time);
    };
    CHECK(entries({at(1, failed, "T2"), at(2, passed, "T1")}).empty());
    CHECK(entries({at(1, passed, "T2"), at(2, failed, "T1")}) == "a#1 ");
    CHECK(entries({at(1, passed, "T1"), at(2, failed, "T2"), at(3, passed, "T3")}) == "a#1 a#3 ");
    CHECK(entries({at(1, failed, "T1"), at(2, passed, "T1")}).empty()); // in one second
    CHECK(entries({at(1, passed, "T1"), at(2, failed, "T1")}).empty());
    CHECK(entries({at(1, failed, "T2"), at(2, passed, "")}) == "a#2 "); // as statements of before
    CHECK(entries({at(1, failed, ""), at(2, passed, "T1")}) == "a#2 ");
}

TEST_CASE("test results: a run is news if the log's last word is another one, of before")
{
    auto is_news = [](std::vector<TestStatement> said, const StatedCheck& check, const std::string& time) {
        return LastResults(std::move(said)).is_news("a", {other, check}, time);
    };
    const TestStatement first = run(1, {passed}, "a", "T1");
    const TestStatement second = run(2, {failed}, "a", "T2");
    CHECK_FALSE(is_news({}, passed, "T1"));
    CHECK_FALSE(is_news({first}, passed, "T3"));
    CHECK_FALSE(is_news({first}, skipped, "T3"));
    CHECK(is_news({first}, failed, "T3"));
    CHECK(is_news({first, second}, passed, "T3"));
    CHECK_FALSE(is_news({first, second}, passed, "T1")); // an older manifest, recorded again
    CHECK_FALSE(is_news({first, second}, passed, "T2"));
    CHECK_FALSE(is_news({first, second}, passed, ""));
    CHECK(is_news({run(1, {failed})}, passed, "T1"));
    CHECK_FALSE(is_news({run(1, {failed}, "b", "T1")}, passed, "T2"));
}

TEST_CASE("test results: the failures that are the last word")
{
    const LastResults last({run(1, {passed, other}, "a", "T1"), run(2, {failed, other}, "a", "T2"),
                            run(5, {{"t/remove", "fail"}}, "b", "T1")});
    const std::vector<LastResults::Failure> failures = last.failures();
    REQUIRE(failures.size() == 2);
    CHECK(failures[0].check == "t/install");
    CHECK(failures[0].entry == "a#2");
    CHECK(failures[1].check == "t/remove");
    CHECK(failures[1].entry == "b#5");
}
