// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "base/digest.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using solve::Pool;

namespace {

std::unique_ptr<Pool> pool_of(const std::vector<solve::VirtualPackage>& packages)
{
    std::unique_ptr<Pool> pool = *solve::library().make_pool("x86_64");
    for (const solve::VirtualPackage& package : packages)
        (void)pool->add_virtual("build", package);
    return pool;
}

std::vector<std::string> names(const Pool& pool, const std::vector<solve::PackageId>& ids)
{
    std::vector<std::string> list;
    for (solve::PackageId id : ids)
        list.push_back(pool.nevra(id));
    return list;
}

} // namespace

TEST_CASE("a package comes with what it requires, requirements first")
{
    std::unique_ptr<Pool> pool = pool_of({{.name = "a", .version = "1-1", .needs = {"b >= 2"}},
                         {.name = "b", .version = "1-1"},
                         {.name = "b", .version = "2:0-1", .arch = "x86_64"}});
    auto ids = pool->packages("build");
    solve::Solution solution = pool->solve({.install = {ids[0]}});
    CHECK(solution.problems.empty());
    CHECK(names(*pool, solution.install) == std::vector<std::string>{"b-2:0-1.x86_64", "a-1-1.noarch"});
}

TEST_CASE("an unsolvable request is explained by its cause, not by its first link")
{
    std::unique_ptr<Pool> pool = pool_of({{.name = "a", .needs = {"b"}}, {.name = "b", .needs = {"nowhere"}}});
    solve::Solution solution = pool->solve({.install = {pool->packages("build")[0]}});
    CHECK(solution.install.empty());
    CHECK(solution.problems == std::vector<std::string>{"nothing provides nowhere needed by b-0-0.noarch"});
}

TEST_CASE("closure lists each requirement that has no provider")
{
    std::unique_ptr<Pool> pool =
        pool_of({{.name = "a", .version = "1-1", .provides = {"libx.so.1()(64bit)", "/bin/x", "v = 3"}},
                 {.name = "b", .needs = {"a = 1-1", "a > 1-1", "libx.so.1()(64bit)", "/bin/x", "/bin/y", "v < 4"}},
                 {.name = "c", .needs = {"(a or z)", "(y or z)"}}});
    auto missing = pool->closure(pool->packages("build"));
    REQUIRE(missing.size() == 3);
    CHECK(pool->nevra(missing[0].package) == "b-0-0.noarch");
    CHECK(missing[0].requirement == "a > 1-1");
    CHECK(missing[1].requirement == "/bin/y");
    CHECK(missing[2].requirement == "(y or z)");
    CHECK(pool->closure(pool->packages("no such repository")).empty());
}

TEST_CASE("a foreign architecture cannot be installed")
{
    std::unique_ptr<Pool> pool = pool_of({{.name = "a", .arch = "aarch64"}});
    auto problems = pool->solve({.install = pool->packages("build")}).problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems[0] == "package a-0-0.aarch64 does not have a compatible architecture");
}

TEST_CASE("what is installed is kept, used and not offered as a previous version")
{
    std::unique_ptr<Pool> pool = pool_of({{.name = "a", .version = "3-1", .needs = {"/bin/sh"}}});
    (void)pool->add_virtual("old", {.name = "a", .version = "1-1"});
    (void)pool->add_virtual("old", {.name = "a", .version = "2-1"});
    (void)pool->add_virtual("old", {.name = "a", .version = "2-9", .arch = "x86_64"});
    (void)pool->add_virtual("host", {.name = "machine", .provides = {"/bin/sh"}});
    pool->set_installed("host");
    auto a = pool->packages("build")[0];
    CHECK(names(*pool, pool->solve({.install = {a}}).install) == std::vector<std::string>{"a-3-1.noarch"});
    REQUIRE(pool->previous(a));
    CHECK(pool->nevra(*pool->previous(a)) == "a-2-1.noarch");
    CHECK(names(*pool, pool->providers("/bin/sh")) == std::vector<std::string>{"machine-0-0.noarch"});
    CHECK(pool->providers("a >= 3").size() == 1);
}

TEST_CASE("a tree is read only if its files are what repomd.xml says")
{
    auto directory = sys::TemporaryDirectory::make("solve");
    REQUIRE(directory);
    const std::string& root = directory->path();
    CHECK((*solve::library().make_pool("x86_64"))->add_tree("r", root).error().kind == Kind::input);
    REQUIRE(sys::make_directories(root + "/repodata"));
    std::string primary = R"(<?xml version="1.0" encoding="UTF-8"?>
<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
<package type="rpm"><name>a</name><arch>noarch</arch><version epoch="0" ver="1" rel="1"/>
<checksum type="sha256" pkgid="YES">aa00000000000000000000000000000000000000000000000000000000000000</checksum>
<location href="a-1-1.noarch.rpm"/>
<format><rpm:requires><rpm:entry name="/bin/sh"/></rpm:requires></format></package></metadata>
)";
    REQUIRE(sys::write_file(root + "/repodata/primary.xml", primary));
    auto digest = sys::digest_file(root + "/repodata/primary.xml");
    auto repomd = [&](const std::string& sum) {
        return sys::write_file(
            root + "/repodata/repomd.xml",
            R"(<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>
<data type="primary"><checksum type="sha256">)" +
                sum + R"(</checksum><location href="repodata/primary.xml"/></data></repomd>)");
    };
    REQUIRE(repomd(digest->sha256.hex()));
    std::unique_ptr<Pool> pool = *solve::library().make_pool("x86_64");
    REQUIRE(pool->add_tree("r", root));
    auto ids = pool->packages("r");
    REQUIRE(ids.size() == 1);
    CHECK(pool->nevra(ids[0]) == "a-1-1.noarch");
    CHECK(pool->location(ids[0]) == "a-1-1.noarch.rpm");
    CHECK(pool->sha256(ids[0])->substr(0, 2) == "aa");
    CHECK(pool->closure(ids).size() == 1);
    REQUIRE(repomd(std::string(64, '0')));
    auto tampered = (*solve::library().make_pool("x86_64"))->add_tree("r", root);
    CHECK(tampered.error().kind == Kind::trust);
}

TEST_CASE("advisories are read as what they are about; what is none is refused")
{
    auto directory = sys::TemporaryDirectory::make("albs-test");
    REQUIRE(directory.has_value());
    std::string path = directory->path() + "/updateinfo.xml";
    REQUIRE(sys::write_file(
                path,
                "<?xml version=\"1.0\"?><updates><update from=\"x\" status=\"final\" type=\"security\" version=\"1\">"
                "<id>TEST-1</id><title>t</title><pkglist><collection><package name=\"hello\" version=\"2\" "
                "release=\"1\" epoch=\"0\" arch=\"noarch\"/></collection></pkglist></update></updates>")
                .has_value());
    auto pool = solve::library().make_pool("x86_64");
    REQUIRE(pool.has_value());
    REQUIRE((*pool)->add_advisories("base", path).has_value());
    auto advisories = (*pool)->packages("base/advisories");
    REQUIRE(advisories.size() == 1);
    CHECK((*pool)->name(advisories[0]) == "patch:TEST-1");
    CHECK((*pool)->packages("base").empty()); // nobody counts advisories among packages
    REQUIRE(sys::write_file(path, "<updates><update>").has_value());
    auto broken = (*pool)->add_advisories("other", path);
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().kind == Kind::input);
}
