// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/seen_sizes.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

Digest root_of(std::uint64_t size)
{
    return sha256("root of " + std::to_string(size));
}

Status note(const std::string& path, std::uint64_t size)
{
    return note_seen(path, {.origin = "log.example.org", .size = size, .root = root_of(size)});
}

std::optional<Digest> seen(const std::string& path, std::uint64_t size)
{
    Result<std::optional<Digest>> root = seen_root(path, size);
    REQUIRE(root);
    return *root;
}

} // namespace

TEST_CASE("seen sizes: each that was noted is found, and no other")
{
    auto directory = *sys::TemporaryDirectory::make("seen");
    const std::string path = directory.path() + "/seen";
    CHECK_FALSE(seen(path, 1));
    for (std::uint64_t size = 3; size < 3000; size += 7)
        REQUIRE(note(path, size));
    for (std::uint64_t size = 0; size < 3010; ++size)
        CHECK(seen(path, size) ==
              (size >= 3 && size < 3000 && size % 7 == 3 ? std::optional(root_of(size)) : std::optional<Digest>()));
    // Smaller ones than the last are not taken: the file is sorted.
    REQUIRE(note(path, 1000));
    CHECK_FALSE(seen(path, 1000));
    REQUIRE(note(path, std::uint64_t{1} << 40));
    CHECK(seen(path, std::uint64_t{1} << 40) == root_of(std::uint64_t{1} << 40));
}

TEST_CASE("seen sizes: what a power cut leaves is no other root, and is written over")
{
    auto directory = *sys::TemporaryDirectory::make("seen");
    const std::string path = directory.path() + "/seen";
    for (std::uint64_t size : {1, 2, 3})
        REQUIRE(note(path, size));
    const std::string whole = *sys::read_file(path);
    REQUIRE(whole.size() == 3 * 48);
    for (const std::string& torn :
         {whole.substr(0, 120), whole.substr(0, 104) + std::string(40, '\0'), whole + std::string(96, '\0')}) {
        REQUIRE(sys::write_file(path, torn));
        CHECK(seen(path, 1) == root_of(1));
        CHECK(seen(path, 2) == root_of(2));
        CHECK(seen(path, 3).value_or(root_of(3)) == root_of(3));
        REQUIRE(note(path, 4));
        CHECK(seen(path, 4) == root_of(4));
        CHECK(seen(path, 2) == root_of(2));
    }
    CHECK(note(directory.path() + "/none/seen", 1).error().kind == Kind::environment);
}

TEST_CASE("seen sizes: a file that is damaged as a whole is begun anew, and no search of it goes on for long")
{
    auto directory = *sys::TemporaryDirectory::make("seen");
    const std::string path = directory.path() + "/seen";
    REQUIRE(sys::write_file(path, ""));
    REQUIRE(::truncate(path.c_str(), off_t{1} << 36) == 0);
    REQUIRE(note(path, 7));
    CHECK(seen(path, 7) == root_of(7));
    CHECK(sys::read_file(path)->size() == 48);
}

TEST_CASE("seen sizes: what is proved later goes between, and nothing is replaced")
{
    auto directory = *sys::TemporaryDirectory::make("seen");
    const std::string path = directory.path() + "/seen";
    auto of = [](std::uint64_t size) {
        return Checkpoint{.origin = "log.example.org", .size = size, .root = root_of(size)};
    };
    REQUIRE(note(path, 7));
    Checkpoint another = of(7);
    another.root = root_of(8);
    REQUIRE(add_seen(path, {of(9), of(3), another}));
    REQUIRE(note(path, 12));
    for (std::uint64_t size : {3, 7, 9, 12})
        CHECK(seen(path, size) == root_of(size));
    const std::string before = sys::read_file(path).value();
    REQUIRE(add_seen(path, {of(3)}));
    CHECK(sys::read_file(path).value() == before);
    REQUIRE(add_seen(directory.path() + "/none", {of(3)}));
    CHECK(seen(directory.path() + "/none", 3) == root_of(3));
}
