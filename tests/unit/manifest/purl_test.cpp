// SPDX-License-Identifier: GPL-3.0-or-later
// Package URLs: the cases of the purl specification for type rpm, and names as hostile as rpm allows.
#include <doctest/doctest.h>

#include "albs/manifest/purl.hpp"
#include "base/uuid.hpp"

using namespace albs;

namespace {

RpmInfo package(const std::string& name, const std::string& version, const std::string& release,
                const std::string& arch)
{
    return {.name = name,
            .epoch = {},
            .version = version,
            .release = release,
            .arch = arch,
            .nevra = {},
            .sourcerpm = {},
            .header_sha256 = {},
            .payload_sha256 = {}};
}

} // namespace

TEST_CASE("the specification's rpm examples")
{
    CHECK(rpm_purl(package("curl", "7.50.3", "1.fc25", "i386"), Distro::parse("fedora-25")).text() ==
          "pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25");
    RpmInfo centerim = package("centerim", "4.22.10", "1.el6", "i686");
    centerim.epoch = 1;
    CHECK(rpm_purl(centerim, Distro::parse("fedora-25")).text() ==
          "pkg:rpm/fedora/centerim@4.22.10-1.el6?arch=i686&distro=fedora-25&epoch=1");
}

TEST_CASE("everything that must be encoded is, and comes back")
{
    RpmInfo odd = package("gtk+é @?#", "1~rc^2+3", "1%2", "src");
    std::string text = rpm_purl(odd, {"a b", "1"}).text();
    CHECK(text == "pkg:rpm/a%20b/gtk%2B%C3%A9%20%40%3F%23@1~rc%5E2%2B3-1%252?arch=src&distro=a%20b-1");
    Purl back = Purl::parse(text).value();
    CHECK(back.name == odd.name);
    CHECK(back.name_space == "a b");
    CHECK(back.version == "1~rc^2+3-1%2");
    CHECK(back.qualifiers.at("arch") == "src");
    CHECK(back.text() == text);
}

TEST_CASE("what is no package URL is refused")
{
    for (const char* bad : {"", "rpm/x", "pkg:", "pkg:rpm", "pkg:rpm/", "pkg:/x", "pkg:rpm/x%", "pkg:rpm/x%4",
                            "pkg:rpm/x?a", "pkg:rpm/x?a=1&a=2", "pkg:rpm/x?=1"})
        CHECK_FALSE(Purl::parse(bad));
}

TEST_CASE("a distribution is a name and a version")
{
    CHECK(Distro::parse("AlmaLinux-9.4").id == "almalinux");
    CHECK(Distro::parse("almalinux-9.4").version == "9.4");
    CHECK(Distro::parse("almalinux-kitten").id == "almalinux-kitten");
    CHECK(Distro::parse("").id.empty());
}

TEST_CASE("CPE names are escaped, and left out where there can be none")
{
    RpmInfo gtk = package("gtk+", "1~rc^2", "1.el9", "x86_64");
    CHECK(rpm_cpe(gtk, {"almalinux", "9"}) == "cpe:2.3:a:almalinux:gtk\\+:1\\~rc\\^2-1.el9:*:*:*:*:*:*:*");
    gtk.epoch = 2;
    CHECK(rpm_cpe(gtk, {"almalinux", "9"}) == "cpe:2.3:a:almalinux:gtk\\+:2\\:1\\~rc\\^2-1.el9:*:*:*:*:*:*:*");
    CHECK(rpm_cpe(gtk, {"", ""}).empty());
    CHECK(rpm_cpe(package("é", "1", "1", "noarch"), {"almalinux", ""}).empty());
}

TEST_CASE("UUIDs of names are those of RFC 9562")
{
    // The RFC's own example (appendix A.4).
    CHECK(uuid_v5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    CHECK(uuid_of("x") == "576202d7-735d-55bc-8a7c-526c8de44001");
}
