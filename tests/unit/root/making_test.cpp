// SPDX-License-Identifier: GPL-3.0-or-later
// What a cached root records of its base.
#include <doctest/doctest.h>

#include "root/making.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

buildroot::LockedPackage package(const std::string& name, char digest)
{
    return {.name = name, .epoch = {}, .version = "1", .release = "1", .arch = "noarch",
            .nevra = name + "-1-1.noarch", .sha256 = std::string(64, digest), .size = 1,
            .header = std::string(64, '1'), .repository = "base", .path = name + ".rpm"};
}

buildroot::Lock sample()
{
    return {.platform = "test-9", .arch = "x86_64",
            .repositories = {{"base", "1", std::string(64, '1'), {}}}, .modules = {"a:1:1:c"}, .base = 2,
            .packages = {package("a", 'a'), package("b", 'b'), package("c", 'c')}};
}

} // namespace

TEST_CASE("a base is what its packages are, wherever they are from and whatever comes over it")
{
    const std::string base = root::lock_of_base(sample());
    auto lock = buildroot::read_lock(base);
    REQUIRE(lock.has_value());
    CHECK(lock->packages.size() == 2);
    CHECK(lock->base == 0);
    buildroot::Lock other = sample();
    other.platform = "another";
    other.repositories.clear();
    other.modules.clear();
    other.packages.pop_back();
    other.packages[0].repository = "mirror";
    other.packages[0].path = {};
    other.packages[1].header = {};
    CHECK(root::lock_of_base(other) == base);
    for (auto change : {+[](buildroot::Lock& changed) { changed.arch = "i686"; },
                        +[](buildroot::Lock& changed) { changed.base = 1; },
                        +[](buildroot::Lock& changed) { std::swap(changed.packages[0], changed.packages[1]); },
                        +[](buildroot::Lock& changed) { changed.packages[1].sha256 = std::string(64, 'd'); }}) {
        other = sample();
        change(other);
        CHECK(root::lock_of_base(other) != base);
    }
}

TEST_CASE("a root names its base and which making of it, and is whole if it names none")
{
    sys::TemporaryDirectory place = *sys::TemporaryDirectory::make("albs-test");
    CHECK_FALSE(root::base_of(place.path()).has_value());
    CHECK(root::making_of(place.path()).empty());
    CHECK(root::tree_in(place.path()).empty());
    for (bool is_all : {false, true}) {
        REQUIRE(root::record_base(place.path(), {"abc", "123", is_all}));
        auto base = root::base_of(place.path());
        REQUIRE(base.has_value());
        CHECK(base->digest == "abc");
        CHECK(base->making == "123");
        CHECK(base->is_all == is_all);
    }
    REQUIRE(sys::make_directories(place.path() + "/layer/tree"));
    CHECK(root::tree_in(place.path()) == place.path() + "/layer/tree");
    // A record that was cut names no making, so that no root is one of it.
    REQUIRE(sys::write_cache(place.path() + "/base", "abc"));
    CHECK(root::base_of(place.path())->making.empty());
}
