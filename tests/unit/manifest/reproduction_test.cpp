// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/reproduction.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"

using namespace albs;

namespace {

Reproduction reproduction(const std::string& verdict, const std::string& finished)
{
    const std::string digest(64, 'a');
    return {.id = digest + "/rebuilt",
            .artifact = digest,
            .name = "x-1-1.noarch.rpm",
            .task = "x/p/noarch",
            .verdict = verdict,
            .rebuilt = JsonText(digest),
            .finished = finished};
}

} // namespace

TEST_CASE("reproductions: a run at another time is another attempt, and the table comes with its first record")
{
    Manifest manifest;
    CHECK(manifest.json().find("reproductions") == nullptr);
    REQUIRE(manifest.add(reproduction("identical", "2026-01-01T00:00:00Z")));
    REQUIRE(manifest.add(reproduction("identical", "2026-01-01T00:00:00Z")));
    CHECK(manifest.reproductions().size() == 1);
    REQUIRE(manifest.add(reproduction("identical", "2026-01-02T00:00:00Z")));
    REQUIRE(manifest.add(reproduction("differs", "2026-01-02T00:00:00Z")));
    CHECK(manifest.reproductions().size() == 3);
    CHECK(*manifest.reproductions()[1].follows == manifest.reproductions()[0].id);
    CHECK_FALSE(manifest.add(reproduction("perhaps", "2026-01-02T00:00:00Z")));
    CHECK_FALSE(manifest.add(reproduction("differs", "yesterday")));
    auto read = Manifest::parse(manifest.text());
    REQUIRE(read);
    CHECK(read->reproductions().size() == 3);
}
