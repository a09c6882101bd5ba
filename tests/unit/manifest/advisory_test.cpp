// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/json/value.hpp"
#include "albs/manifest/advisory.hpp"
#include "repo/library.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

constexpr std::string_view good = R"({"schema":"albs.advisory/1","id":"ALSA-2026:A001","type":"security",
 "severity":"Important","title":"hello update","description":"a < b & c","issued":"2026-02-01T00:00:00Z",
 "references":[{"type":"cve","id":"CVE-2026-12345","href":"https://example.org/"}],"packages":["hello"]})";

/// The advisory with one member replaced, or removed when the value is null.
Result<Advisory> with(std::string_view key, std::string_view value)
{
    Json root = *read_json(good);
    root.set(key, *read_json(value));
    return parse_advisory(write_json(root));
}

std::string complaint(const Result<Advisory>& advisory)
{
    REQUIRE_FALSE(advisory);
    CHECK(advisory.error().kind == Kind::input);
    return advisory.error().message;
}

repo::ListedPackage listed(const std::string& name, const std::string& version)
{
    repo::ListedPackage package;
    package.info.name = name;
    package.info.version = version;
    package.info.release = "1";
    package.info.arch = "x86_64";
    package.sha256 = std::string(64, 'a');
    package.location = "Packages/h/" + name + "-" + version + "-1.x86_64.rpm";
    return package;
}

} // namespace

TEST_CASE("an advisory is read with its defaults")
{
    auto advisory = parse_advisory(good);
    REQUIRE(advisory);
    CHECK(advisory->updated == advisory->issued);
    CHECK(advisory->references.at(0).title == "CVE-2026-12345");
    CHECK_FALSE(advisory->reboot_suggested);
    CHECK(with("reboot_suggested", "true")->reboot_suggested);
}

TEST_CASE("bad JSON of an advisory is refused with line and column")
{
    CHECK(complaint(parse_advisory("{\n \"id\": x}")).find("line 2, column 8") != std::string::npos);
    CHECK(complaint(parse_advisory(std::string(good) + "{}")).find("column") != std::string::npos);
}

TEST_CASE("a wrong advisory is refused with the member's name")
{
    CHECK(complaint(with("reboot_sugested", "true")) == "unknown member 'reboot_sugested'");
    CHECK(complaint(with("schema", "\"albs.advisory/2\"")).find("schema") == 0);
    CHECK(complaint(with("type", "\"feature\"")).find("type") == 0);
    CHECK(complaint(with("severity", "\"Severe\"")).find("severity") == 0);
    CHECK(complaint(with("severity", "null")).find("severity") == 0);
    CHECK(complaint(with("id", "\"../x\"")).find("id") == 0);
    CHECK(complaint(with("issued", "\"2026-02-30\"")).find("issued") == 0);
    CHECK(complaint(with("updated", "\"2026-01-01T00:00:00Z\"")) == "updated: is before issued");
    CHECK(complaint(with("packages", "[]")) == "packages: names no package");
    CHECK(complaint(with("reboot_suggested", "\"yes\"")).find("reboot_suggested") == 0);
    CHECK(complaint(with("references", R"([{"type":"cve","id":"CVE-26-1","href":""}])")).find("no CVE number") !=
          std::string::npos);
    CHECK(complaint(with("references", R"([{"type":"self","id":"a","href":"","note":1}])")).find("'note'") !=
          std::string::npos);
}

TEST_CASE("an advisory names a package by name, version or architecture")
{
    RpmInfo package = listed("hello", "2.0").info;
    CHECK(names_package("hello", package) == Naming::by_name);
    CHECK(names_package("hello-2.0-1", package) == Naming::exact);
    CHECK(names_package("hello-0:2.0-1.x86_64", package) == Naming::exact);
    CHECK(names_package("hello-2.0-1.aarch64", package) == Naming::none);
    CHECK(names_package("hell", package) == Naming::none);
    CHECK(names_package("hello-2.0", package) == Naming::none);
    package.epoch = 3;
    CHECK(names_package("hello-3:2.0-1.x86_64", package) == Naming::exact);
    CHECK(names_package("hello-2.0-1.x86_64", package) == Naming::exact);
    CHECK(names_package("hello-1:2.0-1", package) == Naming::none);
}

TEST_CASE("updateinfo.xml survives reading, and holds each advisory once, in order")
{
    std::unique_ptr<repo::UpdateInfo> book = repo::library().make_updateinfo();
    CHECK(book->empty());
    Advisory second = *parse_advisory(good);
    Advisory first = *parse_advisory(good);
    first.id = "ALBA-2026:A000";
    book->put(second, "demo", {listed("hello", "1.0")});
    book->put(first, "demo", {listed("hello", "2.0")});
    book->put(second, "demo", {listed("hello", "2.0")});
    std::string xml = *book->xml();
    CHECK(xml.find("a &lt; b &amp; c") != std::string::npos);
    CHECK(xml.find("ALBA-2026:A000") < xml.find("ALSA-2026:A001"));
    CHECK(xml.find("ALSA-2026:A001", xml.find("ALSA-2026:A001") + 1) == std::string::npos);
    CHECK(xml.find("hello-1.0-1") == std::string::npos);

    auto directory = sys::TemporaryDirectory::make("albs-test");
    REQUIRE(sys::write_file(directory->path() + "/updateinfo.xml", xml));
    auto read = repo::library().read_updateinfo(directory->path() + "/updateinfo.xml");
    REQUIRE(read);
    CHECK(*(*read)->xml() == xml);
    CHECK((*read)->updated_of("ALSA-2026:A001") == "2026-02-01 00:00:00");
    CHECK((*read)->xml_of("ALSA-2026:A001") == book->xml_of("ALSA-2026:A001"));
    (*read)->remove("ALSA-2026:A001");
    CHECK_FALSE((*read)->updated_of("ALSA-2026:A001"));
    CHECK((*read)->xml_of("nothing").empty());
}
