// SPDX-License-Identifier: GPL-3.0-or-later
// Platforms: the definitions that travel inside, and the macro file they become.
#include <doctest/doctest.h>

#include "platform/platform.hpp"

using namespace albs;

TEST_CASE("the host platform builds for this machine")
{
    auto host = platform::Platform::find("host");
    REQUIRE_MESSAGE(host.has_value(), (host ? "" : host.error().message));
    CHECK(host->arches().front() == platform::machine_arch());
    CHECK(host->timeout_ms() == 43200000);
    std::string macros = host->macros();
    for (const char* line : {"%_topdir /builddir/build\n", "%_buildhost localhost\n",
                             "%use_source_date_epoch_as_buildtime 1\n", "%clamp_mtime_to_source_date_epoch 1\n"})
        CHECK(macros.find(line) != macros.npos);
}

TEST_CASE("a macro of several lines is continued")
{
    auto host = platform::Platform::find("host");
    REQUIRE(host.has_value());
    std::string macros = host->macros();
    std::size_t install = macros.find("%install ");
    if (install != macros.npos) // a machine with the vendor's macros has its own
        CHECK(macros.substr(install, 100) ==
              "%install %{?_enable_debug_packages:%{?buildsubdir:%{debug_package}}}\\\n%%install\\\n%{nil}\n");
}

TEST_CASE("an unknown platform is refused with those that are known")
{
    auto none = platform::Platform::find("almalinux-99");
    REQUIRE(!none.has_value());
    CHECK(none.error().kind == Kind::usage);
    CHECK(none.error().message == "there is no platform 'almalinux-99'");
    CHECK(none.error().hint == "known platforms: 'host'");
}
