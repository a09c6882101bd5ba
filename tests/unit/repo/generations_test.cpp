// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <filesystem>
#include <unistd.h>

#include "repo/generations.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using repo::Generations;

namespace {

struct Place {
    sys::TemporaryDirectory parent = *sys::TemporaryDirectory::make("albs-test");
    std::string tree = parent.path() + "/repo";

    /// Publishes a generation that holds one file; its number.
    std::int64_t publish(const std::string& text)
    {
        Generations generations = *Generations::open(tree);
        auto lock = generations.lock();
        REQUIRE(lock);
        auto staged = generations.stage();
        REQUIRE(staged);
        REQUIRE(sys::write_file(*staged + "/file", text));
        REQUIRE(generations.commit());
        return *generations.current();
    }
    std::string served() { return sys::read_file(tree + "/file").value_or("nothing"); }
    std::string names()
    {
        std::string all;
        std::vector<std::string> list = *sys::list_directory(parent.path());
        for (const std::string& name : list)
            all += name + " ";
        return all;
    }
};

} // namespace

TEST_CASE("a tree is served by its link, one generation after the other")
{
    Place place;
    CHECK_FALSE(Generations::open(place.tree)->current());
    CHECK(place.publish("one") == 1);
    CHECK(place.publish("two") == 2);
    CHECK(place.served() == "two");
    CHECK(place.names() == ".repo.lock repo repo.1 repo.2 ");
    Generations generations = *Generations::open(place.tree + "/");
    REQUIRE(generations.serve(1));
    CHECK(place.served() == "one");
    CHECK(place.publish("three") == 3);
    REQUIRE(generations.lock());
    REQUIRE(generations.prune({1}));
    CHECK(place.names() == ".repo.lock repo repo.1 repo.3 ");
}

TEST_CASE("a directory that was there before is exchanged, kept as generation 0, and never pruned")
{
    Place place;
    REQUIRE(sys::make_directories(place.tree));
    REQUIRE(sys::write_file(place.tree + "/file", "old"));
    CHECK(*Generations::open(place.tree)->current() == 0);
    CHECK(place.publish("new") == 1);
    CHECK(place.served() == "new");
    CHECK(place.names() == ".repo.lock repo repo.0 repo.1 ");
    Generations generations = *Generations::open(place.tree);
    REQUIRE(generations.prune({}));
    CHECK(place.names() == ".repo.lock repo repo.0 repo.1 ");
    REQUIRE(generations.serve(0));
    CHECK(place.served() == "old");
}

TEST_CASE("what a crash left is repaired by the next writer")
{
    Place place;
    place.publish("one");
    // Killed while writing, and killed between the new link and its rename.
    REQUIRE(sys::make_directories(place.parent.path() + "/.repo.new/half"));
    std::filesystem::create_symlink("repo.9", place.parent.path() + "/.repo.link");
    CHECK(place.publish("two") == 2);
    CHECK(place.names() == ".repo.lock repo repo.1 repo.2 ");
    // Killed after a generation got its number and before it was served: it is not served by accident.
    REQUIRE(sys::make_directories(place.parent.path() + "/repo.3"));
    CHECK(place.served() == "two");
    CHECK(place.publish("three") == 4);
    CHECK(place.served() == "three");
}

TEST_CASE("killed right after the exchange with a directory, the directory becomes generation 0")
{
    Place place;
    REQUIRE(sys::make_directories(place.parent.path() + "/repo.1"));
    std::filesystem::create_symlink("repo.1", place.tree);
    REQUIRE(sys::make_directories(place.parent.path() + "/.repo.link"));
    REQUIRE(sys::write_file(place.parent.path() + "/.repo.link/file", "old"));
    CHECK(place.publish("two") == 2);
    CHECK(*sys::read_file(place.parent.path() + "/repo.0/file") == "old");
}

TEST_CASE("a second writer is told to come again, and a link to elsewhere is left alone")
{
    Place place;
    Generations first = *Generations::open(place.tree);
    auto held = first.lock();
    REQUIRE(held);
    auto second = Generations::open(place.tree)->lock();
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == Kind::temporary);
    std::filesystem::create_symlink("/", place.parent.path() + "/other");
    auto other = Generations::open(place.parent.path() + "/other");
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == Kind::input);
    CHECK_FALSE(Generations::open("/"));
}
