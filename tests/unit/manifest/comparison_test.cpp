// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/comparison.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"

using namespace albs;

namespace {

Comparison comparison(const std::string& verdict, std::vector<Copy> copies)
{
    return {.id = "s/p/x-1-1.noarch.rpm",
            .source = "s",
            .platform = "p",
            .name = "x-1-1.noarch.rpm",
            .copies = copies,
            .ship = copies.front().sha256,
            .verdict = verdict,
            .tags = {},
            .file = {},
            .what = {}};
}

} // namespace

TEST_CASE("a comparison of more copies is another attempt, and the table comes with its first record")
{
    const std::string a(64, 'a');
    const std::string b(64, 'b');
    Manifest manifest;
    CHECK(manifest.json().find("comparisons") == nullptr);
    REQUIRE(manifest.add(comparison("identical", {{"x86_64", a}, {"aarch64", a}})));
    REQUIRE(manifest.add(comparison("identical", {{"x86_64", a}, {"aarch64", a}})));
    CHECK(manifest.comparisons().size() == 1);
    REQUIRE(manifest.add(comparison("differs", {{"x86_64", a}, {"aarch64", a}, {"s390x", b}})));
    REQUIRE(manifest.comparisons().size() == 2);
    CHECK(*manifest.comparisons()[1].follows == "s/p/x-1-1.noarch.rpm");
    CHECK(manifest.in_force<Comparison>().front()->verdict == "differs");
    CHECK_FALSE(Manifest().add(comparison("perhaps", {{"x86_64", a}})));
    CHECK(Manifest::parse(manifest.text())->comparisons().size() == 2);
}
