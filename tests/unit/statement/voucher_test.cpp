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
