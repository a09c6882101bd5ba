// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/early_cutoff.hpp"

#include <doctest/doctest.h>

#include "albs/buildroot/lock.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

buildroot::LockedPackage package(const std::string& name, char digest, const std::string& repository)
{
    return {.name = name,
            .epoch = {},
            .version = "1",
            .release = "1",
            .arch = "noarch",
            .nevra = name + "-1-1.noarch",
            .sha256 = std::string(64, digest),
            .size = 1,
            .header = {},
            .repository = repository,
            .path = name + ".rpm"};
}

buildroot::Lock lock(std::vector<buildroot::LockedPackage> packages, const std::string& state = "1")
{
    return {.platform = "test-9",
            .arch = "x86_64",
            .repositories = {{"base", state, std::string(64, '1'), {}}, {"built a", state, std::string(64, 'a'), {}}},
            .modules = {},
            .packages = std::move(packages)};
}

std::string change(const buildroot::Lock& earlier, const buildroot::Lock& now)
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-test");
    auto workspace = store::Workspace::open(directory.path() + "/workspace");
    REQUIRE(workspace);
    auto root = build::compare_roots(write_lock(earlier), write_lock(now), *workspace);
    REQUIRE(root);
    return root->change;
}

} // namespace

TEST_CASE("roots are equivalent only if nothing differs but packages that were built")
{
    const buildroot::Lock one = lock({package("a", 'a', "built a"), package("b", 'b', "base")});
    CHECK(change(one, one).empty());
    CHECK(change(one, lock({package("b", 'b', "base"), package("a", 'a', "built a")})).empty());
    CHECK(change(one, lock({package("a", 'a', "built a"), package("b", 'c', "base")})) ==
          "its root has 'b-1-1.noarch' instead of 'b-1-1.noarch'");
    CHECK(change(one, lock({package("a", 'c', "base"), package("b", 'b', "base")})) ==
          "its root has 'a-1-1.noarch' instead of 'a-1-1.noarch'");
    CHECK(change(one, lock({package("a", 'a', "built a")})) == "its root no longer has 'b-1-1.noarch'");
    CHECK(change(lock({package("a", 'a', "built a")}), one) == "its root has 'b-1-1.noarch', which it had not");
    CHECK(change(one, lock({package("a", 'c', "built a"), package("b", 'b', "base")})) ==
          "'a-1-1.noarch' is no longer in the store");
}

TEST_CASE("a repository that no run of ours made has to be in the same state")
{
    const std::vector<buildroot::LockedPackage> packages = {package("b", 'b', "base")};
    buildroot::Lock other = lock(packages);
    other.repositories[0].repomd = std::string(64, '2');
    CHECK(change(lock(packages), other) == "the repositories of its root have another state");
    other = lock(packages);
    other.repositories[1].repomd = std::string(64, '2');
    CHECK(change(lock(packages), other).empty());
    other.modules = {"perl:5.32:1:c"};
    CHECK_FALSE(change(lock(packages), other).empty());
    other = lock(packages);
    other.base = 1;
    CHECK(change(lock(packages), other) == "its root is installed in other steps");
}
