// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/voucher.hpp"

#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

TEST_CASE("vouchers: which kinds say where a file is from")
{
    for (const char* kind : {"source", "srpm", "build", "signature", "release", "file"})
        CHECK(vouches(kind));
    for (const char* kind : {"test", "errata", "status", "commit", ""})
        CHECK_FALSE(vouches(kind));
}

TEST_CASE("vouchers: the kind and the time of a statement")
{
    Fixture f;
    f.add_later_records();
    std::map<std::string, std::string> times;
    for (const Draft& draft : drafts_of(f.manifest, {.key = "s", .origin = "o"})) {
        CHECK(statement_kind(draft.statement) == draft.kind);
        times[draft.kind] = statement_time(draft.statement);
    }
    CHECK(times["signature"] == "2026-01-01T00:00:00Z");
    CHECK(times["release"] == "2026-01-01T00:00:00Z");
    CHECK(times["build"] == f.manifest.tasks()[0].finished);
    CHECK(times["source"].empty());
    CHECK(statement_kind(Json::object({{"predicateType", "https://example.org/v1"}})).empty());
    CHECK(Voucher{.kind = "file", .entry = "o#1", .signer = "ab", .time = ""}.text() == "file o#1 ab");
}

TEST_CASE("vouchers: of tests that were done again the last result of each check counts")
{
    auto run = [](std::uint64_t index, std::vector<StatedCheck> checks, std::string log = "a") {
        return TestStatement{.log = log,
                             .index = index,
                             .checks = std::move(checks),
                             .voucher = {.kind = "test", .entry = log + "#" + std::to_string(index)}};
    };
    auto entries = [](std::vector<TestStatement> statements) {
        std::string all;
        for (const Voucher& voucher : passed_tests(std::move(statements)))
            all += voucher.entry + " ";
        return all;
    };
    const StatedCheck passed{"t/install", "pass"};
    const StatedCheck failed{"t/install", "fail"};
    const StatedCheck skipped{"t/install", "skip"};
    const StatedCheck other{"t/remove", "pass"};
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
