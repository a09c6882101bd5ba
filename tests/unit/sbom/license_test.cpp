// SPDX-License-Identifier: GPL-3.0-or-later
// Licence tags: SPDX expressions, the older names of Fedora and EL, and whatever else people write there.
#include <doctest/doctest.h>

#include "albs/sbom/license.hpp"
#include "albs/sbom/license_ids.hpp"

using namespace albs;

namespace {

// The expression of a tag that is one; empty for any other tag.
std::string declared(const std::string& tag)
{
    License license = read_license(tag);
    return license.origin == License::Origin::declared ? license.expression : "";
}

} // namespace

TEST_CASE("SPDX expressions keep their meaning and get one spelling")
{
    CHECK(declared("GPL-3.0-or-later") == "GPL-3.0-or-later");
    CHECK(declared("  mit   AND (apache-2.0 OR gpl-2.0-ONLY) ") ==
          "MIT AND (Apache-2.0 OR GPL-2.0-only)");
    CHECK(declared("mit and isc") == "MIT AND ISC");
    CHECK(declared("GPL-2.0-only WITH Classpath-exception-2.0") ==
          "GPL-2.0-only WITH Classpath-exception-2.0");
    CHECK(declared("LicenseRef-Fedora-Public-Domain OR MIT") ==
          "LicenseRef-Fedora-Public-Domain OR MIT");
    CHECK(declared("Apache-1.0+") == "Apache-1.0+");
}

TEST_CASE("what is no SPDX expression is not declared")
{
    for (const char* bad : {"", "AND", "MIT AND", "(MIT", "MIT)", "MIT ISC", "Nonsense-1.0", "MIT WITH nothing",
                            "MIT And ISC", "LicenseRef-", "LicenseRef-a_b", "DocumentRef-:LicenseRef-x", "()"})
        CHECK(declared(bad).empty());
    CHECK(declared(std::string(100000, '(')).empty());
}

TEST_CASE("a tag is declared, translated or a reference")
{
    CHECK(read_license("MIT").origin == License::Origin::declared);
    License translated = read_license("GPLv2+ and (ASL 2.0 or LGPLv3)");
    CHECK(translated.origin == License::Origin::translated);
    CHECK(translated.expression == "GPL-2.0-or-later AND (Apache-2.0 OR LGPL-3.0-only)");
    CHECK(translated.raw == "GPLv2+ and (ASL 2.0 or LGPLv3)");
    License mixed = read_license("GPLv2+ and Public Domain");
    CHECK(mixed.origin == License::Origin::reference);
    CHECK(mixed.expression == "GPL-2.0-or-later AND LicenseRef-Public-Domain");
    CHECK(read_license("GPLv3+ with exceptions").expression == "LicenseRef-GPLv3-with-exceptions");
    CHECK(read_license("See (COPYING").expression == "LicenseRef-See-COPYING");
    CHECK(read_license("").expression.empty());
    // Every expression that is made up is a valid one.
    for (const char* tag : {"日本語", "(", "and", "a/b and c", "Redistributable, no modification permitted"})
        CHECK(!declared(read_license(tag).expression).empty());
    CHECK(!declared(read_license(std::string(5000, 'x')).expression).empty());
}

TEST_CASE("the licence list is asked in any case")
{
    CHECK(spdx_license_id("gpl-3.0-OR-later") == "GPL-3.0-or-later");
    CHECK(spdx_license_id("0bsd") == "0BSD");
    CHECK(spdx_license_id("ZPL-2.1") == "ZPL-2.1");
    CHECK(spdx_license_id("389-exception").empty());
    CHECK(spdx_exception_id("389-EXCEPTION") == "389-exception");
}
