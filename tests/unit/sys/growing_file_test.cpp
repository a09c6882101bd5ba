// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>

#include "sys/file.hpp"
#include "sys/growing_file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

TEST_CASE("growing file: what is new each time, from the start where it was emptied, and whether it is locked")
{
    auto directory = sys::TemporaryDirectory::make("growing");
    REQUIRE(directory);
    const std::string path = directory->path() + "/log";
    CHECK(!sys::GrowingFile::open(path));
    sys::Fd writer(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    REQUIRE(writer);
    REQUIRE(sys::write_all(writer.get(), "one two", path));
    auto file = sys::GrowingFile::open(path);
    REQUIRE(file);
    CHECK(*file->more(3) == "one");
    CHECK(*file->more(100) == " two");
    CHECK(*file->more(100) == "");
    REQUIRE(sys::write_all(writer.get(), " three", path));
    CHECK(*file->more(100) == " three");
    CHECK(!file->begins_again());
    REQUIRE(::ftruncate(writer.get(), 0) == 0);
    REQUIRE(sys::write_all(writer.get(), "anew", path));
    CHECK(*file->more(100) == "anew");
    CHECK(file->begins_again());
    CHECK(!file->is_locked());
    REQUIRE(::flock(writer.get(), LOCK_EX) == 0);
    CHECK(file->is_locked());
    writer = sys::Fd();
    CHECK(!file->is_locked());
}
