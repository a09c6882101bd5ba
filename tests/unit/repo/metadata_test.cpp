// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <filesystem>

#include "base/digest.hpp"
#include "repo/library.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

/// A repository with one package, made by rpmbuild once for all cases.
struct Fixture {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-test");
    std::string location = "Packages/tiny-1-1.noarch.rpm";
    bool made = false;

    Fixture()
    {
        std::string top = directory.path();
        (void)sys::write_file(top + "/tiny.spec",
                              "Name: tiny\nVersion: 1\nRelease: 1\nEpoch: 3\nSummary: s\nLicense: MIT\n"
                              "BuildArch: noarch\n%description\nd\n%files\n");
        auto done = sys::run({.argv = {"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + top + "/build",
                                       "--define", "_rpmdir " + top + "/rpms", top + "/tiny.spec"}});
        made = done && done->status == 0;
    }
    std::string repository(const std::string& name) const
    {
        std::string path = directory.path() + "/" + name;
        (void)sys::make_directories(path + "/Packages");
        (void)sys::copy_file(directory.path() + "/rpms/noarch/tiny-1-1.noarch.rpm", path + "/" + location);
        return path;
    }
};

const Fixture& fixture()
{
    static const Fixture made;
    return made;
}

} // namespace

TEST_CASE("a repository that was written is read back, and the same contents give the same bytes")
{
    REQUIRE(fixture().made);
    repo::Contents contents{.packages = {fixture().location},
                            .updateinfo = "<updates/>\n",
                            .notarizations = {},
                            .carried = {},
                            .revision = 42};
    std::string one = fixture().repository("one");
    std::string two = fixture().repository("two");
    auto written = repo::library().write_metadata(one, contents, 1);
    REQUIRE(written);
    CHECK(repo::library().write_metadata(two, contents, 2)->repomd_sha256 == written->repomd_sha256);
    CHECK(sys::digest_file(one + "/repodata/repomd.xml")->sha256.hex() == written->repomd_sha256);

    auto repomd = repo::library().read_repomd(one);
    REQUIRE(repomd);
    CHECK(repomd->revision == 42);
    CHECK(repomd->find("updateinfo") != nullptr);
    CHECK(repomd->find("group") == nullptr);
    CHECK(repo::library().check_metadata(one, *repomd));
    auto packages = repo::library().read_packages(one, *repomd);
    REQUIRE(packages);
    REQUIRE(packages->size() == 1);
    const repo::ListedPackage& tiny = packages->at(0);
    CHECK(tiny.location == fixture().location);
    CHECK(tiny.sha256 == sys::digest_file(one + "/" + tiny.location)->sha256.hex());
    CHECK(tiny.info.nevra == "tiny-3:1-1.noarch");
    CHECK(repo::identity(tiny.info) == "tiny-3:1-1.noarch");
    CHECK(tiny.build_time == rpm::library().read_package(one + "/" + tiny.location)->build_time);
    // Once more over what is there is a mistake of the caller.
    CHECK_FALSE(repo::library().write_metadata(one, contents, 1));
}

TEST_CASE("metadata that was changed, is missing or leads outside is found")
{
    REQUIRE(fixture().made);
    std::string path = fixture().repository("changed");
    REQUIRE(repo::library().write_metadata(
        path, {.packages = {fixture().location}, .updateinfo = {}, .notarizations = {}, .carried = {}, .revision = 1},
        1));
    repo::Repomd repomd = *repo::library().read_repomd(path);
    auto kind_of = [&](auto change) {
        repo::Repomd bad = repomd;
        change(bad.files.at(0));
        Status checked = repo::library().check_metadata(path, bad);
        return checked ? Kind::internal : checked.error().kind;
    };
    CHECK(kind_of([](auto& file) { file.location = "../other"; }) == Kind::trust);
    CHECK(kind_of([](auto& file) { file.location = "/etc/passwd"; }) == Kind::trust);
    CHECK(kind_of([](auto& file) { file.location = "repodata/none.xml.gz"; }) == Kind::trust);
    CHECK(kind_of([](auto& file) { file.digest[0] = file.digest[0] == '0' ? '1' : '0'; }) == Kind::trust);
    CHECK(kind_of([](auto& file) { file.algorithm = "sha1"; }) == Kind::trust);
    CHECK_FALSE(repo::library().read_repomd(fixture().directory.path()));
    REQUIRE(sys::write_file(path + "/repodata/repomd.xml", "<repomd>"));
    CHECK(repo::library().read_repomd(path).error().kind == Kind::input);
    CHECK_FALSE(repo::library().write_metadata(fixture().directory.path() + "/none",
                                     {.packages = {"absent.rpm"}, .updateinfo = {}, .notarizations = {}, .carried = {}},
                                     1));
}

TEST_CASE("no epoch and epoch 0 are one identity; stale kinds of metadata are not carried over")
{
    RpmInfo info{.name = "a",
                 .epoch = {},
                 .version = "1",
                 .release = "2",
                 .arch = "noarch",
                 .nevra = {},
                 .sourcerpm = {},
                 .header_sha256 = {},
                 .payload_sha256 = {}};
    std::string without = repo::identity(info);
    info.epoch = 0;
    CHECK(repo::identity(info) == without);
    CHECK(repo::is_made_anew("primary_db"));
    CHECK(repo::is_made_anew("updateinfo"));
    CHECK_FALSE(repo::is_made_anew("group_gz"));
    CHECK_FALSE(repo::is_made_anew("modules"));
}

TEST_CASE("a metadata file that is not compressed is read as it is, whatever libmagic calls it")
{
    const std::string path = fixture().directory.path() + "/notarizations.json";
    const std::string text = R"({"schema":"albs.manifest/1","notarizations":[]})";
    REQUIRE(sys::write_file(path, text));
    auto read = repo::library().read_metadata_text(path);
    REQUIRE(read);
    CHECK(*read == text);
    CHECK_FALSE(repo::library().read_metadata_text(path + ".absent"));
}
