// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"

using albs::Manifest;

TEST_CASE("what is wrong in a stream of manifests has its line and column in the whole text")
{
    const std::string one = R"({"schema":"albs.manifest/1"})";
    auto message = [](const std::string& text) { return Manifest::parse_all(text).error().message; };
    CHECK(message(one + " x") == "manifest 2: line 1, column 30: expected a value, found 'x'");
    CHECK(message(one + "\n" + one + "\n\n {\"a\":tru}") ==
          "manifest 3: line 4, column 7: expected a value, found 't'");
    CHECK(message(one + "\n{\"schema\":").starts_with("manifest 2: line 2, column "));
}
