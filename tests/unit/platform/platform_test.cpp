// SPDX-License-Identifier: GPL-3.0-or-later
// Platforms: the definitions that travel inside, and what they become.
#include <doctest/doctest.h>

#include "platform/library.hpp"

using namespace albs;

TEST_CASE("the host platform builds for this machine")
{
    auto host = platform::library().find("host");
    REQUIRE_MESSAGE(host.has_value(), (host ? "" : host.error().message));
    CHECK(host->arches().front() == platform::machine_arch());
    CHECK(host->backend() == "host");
    CHECK(host->timeout_ms() == 43200000);
    std::string macros = host->macros();
    for (const char* line : {"%_topdir /builddir/build\n", "%_buildhost localhost\n", "%_dbpath /var/lib/rpm\n",
                             "%use_source_date_epoch_as_buildtime 1\n", "%clamp_mtime_to_source_date_epoch 1\n"})
        CHECK(macros.find(line) != macros.npos);
    CHECK(macros == host->macros_here());
}

TEST_CASE("a macro of several lines is continued")
{
    auto host = platform::library().find("host");
    REQUIRE(host.has_value());
    std::string macros = host->macros();
    std::size_t install = macros.find("%install ");
    if (install != macros.npos) // a machine with the vendor's macros has its own
        CHECK(macros.substr(install, 100) ==
              "%install %{?_enable_debug_packages:%{?buildsubdir:%{debug_package}}}\\\n%%install\\\n%{nil}\n");
}

TEST_CASE("an unknown platform is refused with those that are known")
{
    auto none = platform::library().find("almalinux-99");
    REQUIRE(!none.has_value());
    CHECK(none.error().kind == Kind::usage);
    CHECK(none.error().message == "there is no platform 'almalinux-99'");
    CHECK(none.error().hint ==
          "known platforms: 'host', 'almalinux-8', 'almalinux-9', 'almalinux-10', 'almalinux-kitten-10'");
}

TEST_CASE("each platform that travels inside can be built for")
{
    auto names = platform::library().known();
    REQUIRE_FALSE(names.empty());
    for (const std::string& name : names) {
        CAPTURE(name);
        auto platform = platform::library().find(name);
        REQUIRE_MESSAGE(platform.has_value(), (platform ? "" : platform.error().message));
        CHECK(platform->name() == name);
        if (name == "host")
            continue;
        CHECK(platform->backend() == "chroot");
        CHECK(platform->arches().front() == "x86_64");
        auto solving = platform->solving();
        REQUIRE(solving.has_value());
        CHECK(solving->install.front() == "tar");
        CHECK(solving->best == (name != "almalinux-8"));
        CHECK(solving->module_platform_id == "platform:el" + platform->definition().distr_version);
        for (const std::string& arch : platform->arches()) {
            auto repositories = platform->repositories(arch);
            CHECK(repositories.size() == 5);
            for (const auto& repository : repositories) {
                CHECK(repository.url.compare(0, 8, "https://") == 0);
                CHECK(repository.url.find("/" + arch + "/") != std::string::npos);
                CHECK(repository.gpgkeys.size() == 1);
            }
        }
        std::string dist = "%dist .el" + platform->definition().distr_version + "\n";
        CHECK(platform->macros().find(dist) != std::string::npos);
        CHECK(platform->macros().find("%_dbpath") == std::string::npos);
        CHECK(platform->macros_here().find(dist) != std::string::npos);
        CHECK(platform->macros_here().find("%_dbpath") != std::string::npos);
        CHECK(platform->macros().find("%vendor AlmaLinux\n") != std::string::npos);
    }
}

TEST_CASE("names of platforms are the same in either case")
{
    auto platform = platform::library().find("AlmaLinux-9");
    REQUIRE(platform.has_value());
    CHECK(platform->name() == "almalinux-9");
}

TEST_CASE("a root needs repositories")
{
    auto catalog = platform::library().read_catalog({}, "host");
    REQUIRE(catalog.has_value());
    for (const char* backend : {"chroot", "mock"}) {
        auto none = catalog->platform("host", backend);
        REQUIRE(!none.has_value());
        CHECK(none.error().kind == Kind::usage);
        CHECK(none.error().message ==
              "platform 'host' has no repositories to make a root for backend '" + std::string(backend) + "' of");
    }
}
