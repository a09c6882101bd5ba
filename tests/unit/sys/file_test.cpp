// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <filesystem>

#include "sys/fd.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
namespace sys = albs::sys;

namespace {

struct Place {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("file");
    std::string at(const std::string& name) const { return directory.path() + "/" + name; }
    std::vector<std::string> names() const { return *sys::list_directory(directory.path()); }
};

unsigned mode_of(const std::string& path)
{
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

ino_t inode_of(const std::string& path)
{
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_ino;
}

} // namespace

TEST_CASE("file: written whole, with exactly that mode, whatever the umask")
{
    Place place;
    mode_t old = ::umask(077);
    CHECK(sys::write_file(place.at("a"), "bytes", 0644));
    CHECK(mode_of(place.at("a")) == 0644);
    CHECK(sys::write_file(place.at("Grüße 日本"), std::string("\0\n", 2), 0400));
    ::umask(old);
    CHECK(*sys::read_file(place.at("Grüße 日本")) == std::string("\0\n", 2));
    CHECK(mode_of(place.at("Grüße 日本")) == 0400);
    CHECK(sys::write_file(place.at("a"), ""));
    CHECK(sys::read_file(place.at("a"))->empty());
    CHECK(place.names().size() == 2);
    // The longest name that a file system takes.
    CHECK(sys::write_file(place.at(std::string(255, 'n')), "x"));
    CHECK(!sys::write_file(place.at(std::string(256, 'n')), "x"));
}

TEST_CASE("file: a cache is replaced in one step too, and leaves nothing beside it")
{
    Place place;
    CHECK(sys::write_cache(place.at("memo"), "old", 0600));
    ino_t old = inode_of(place.at("memo"));
    CHECK(sys::write_cache(place.at("memo"), "new"));
    CHECK(inode_of(place.at("memo")) != old); // who reads the old one goes on reading it
    CHECK(*sys::read_file(place.at("memo")) == "new");
    CHECK(mode_of(place.at("memo")) == 0644);
    CHECK(place.names() == std::vector<std::string>{"memo"});
}

TEST_CASE("file: a write that fails leaves the old file and nothing beside it")
{
    Place place;
    CHECK(sys::make_directories(place.at("directory/below")));
    auto onto = sys::write_file(place.at("directory"), "x");
    REQUIRE(!onto);
    CHECK(onto.error().kind == Kind::environment);
    CHECK(onto.error().message.find("directory'") != std::string::npos);
    CHECK(!sys::write_file(place.at("no/such/file"), "x"));
    CHECK(place.names() == std::vector<std::string>{"directory"});
}

TEST_CASE("file: a name that somebody laid out is neither followed nor in the way")
{
    Place place;
    REQUIRE(sys::write_file(place.at("victim"), "precious"));
    REQUIRE(::symlink("victim", place.at("link").c_str()) == 0);
    // write_file replaces what stands there; it never writes through it.
    CHECK(sys::write_file(place.at("link"), "new"));
    CHECK(*sys::read_file(place.at("victim")) == "precious");
    CHECK(*sys::read_file(place.at("link")) == "new");
    // Many at a time get names of their own.
    auto one = sys::TemporaryFile::beside(place.at("x"));
    auto other = sys::TemporaryFile::beside(place.at("x"));
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->path() != other->path());
    CHECK(mode_of(one->path()) == 0600);
}

TEST_CASE("file: -o follows links, keeps modes, minds the umask and writes to devices")
{
    Place place;
    REQUIRE(sys::write_file(place.at("target"), "old", 0640));
    REQUIRE(::symlink("target", place.at("link").c_str()) == 0);
    REQUIRE(::symlink("nowhere", place.at("dangling").c_str()) == 0);
    CHECK(sys::write_output(place.at("link"), "new"));
    CHECK(*sys::read_file(place.at("target")) == "new");
    CHECK(mode_of(place.at("target")) == 0640);
    char text[32];
    CHECK(::readlink(place.at("link").c_str(), text, sizeof text) == 6);
    CHECK(sys::write_output(place.at("dangling"), "x"));
    mode_t old = ::umask(027);
    CHECK(sys::write_output(place.at("fresh"), "x"));
    ::umask(old);
    CHECK(mode_of(place.at("fresh")) == 0640);
    CHECK(sys::write_output("/dev/null", "x"));
    CHECK(sys::write_output("/dev/full", "x").error().kind == Kind::environment);
    CHECK(!sys::write_output(place.directory.path(), "x"));
}

TEST_CASE("file: links and copies replace, and do not multiply temporaries")
{
    Place place;
    REQUIRE(sys::write_file(place.at("from"), "bytes", 0444));
    CHECK(sys::link_or_copy(place.at("from"), place.at("to")));
    CHECK(inode_of(place.at("from")) == inode_of(place.at("to")));
    // Both names are the same file already: rename(2) does nothing then.
    CHECK(sys::link_or_copy(place.at("from"), place.at("to")));
    REQUIRE(sys::write_file(place.at("other"), "other"));
    CHECK(sys::link_or_copy(place.at("other"), place.at("to")));
    CHECK(*sys::read_file(place.at("to")) == "other");
    CHECK(*sys::read_file(place.at("from")) == "bytes");
    std::filesystem::create_symlink("from", place.at("symbolic"));
    CHECK(sys::link_or_copy(place.at("symbolic"), place.at("to")));
    CHECK(!std::filesystem::is_symlink(place.at("to")));
    CHECK(*sys::read_file(place.at("to")) == "bytes");
    std::filesystem::remove(place.at("symbolic"));
    CHECK(!sys::link_or_copy(place.at("none"), place.at("to")));
    CHECK(!sys::link_or_copy(place.at("from"), place.at("no/where")));
    CHECK(place.names() == std::vector<std::string>{"from", "other", "to"});
    // Across file systems it is a copy.
    if (sys::is_directory("/dev/shm")) {
        auto elsewhere = sys::TemporaryDirectory::make("file", "/dev/shm");
        REQUIRE(elsewhere);
        CHECK(sys::link_or_copy(place.at("from"), elsewhere->path() + "/copy"));
        CHECK(*sys::read_file(elsewhere->path() + "/copy") == "bytes");
        CHECK(sys::list_directory(elsewhere->path())->size() == 1);
    }
    CHECK(sys::copy_file(place.at("from"), place.at("copy")));
    CHECK(!sys::copy_file(place.directory.path(), place.at("copy")));
}

TEST_CASE("file: trees go, whatever their modes, and links in them are not followed")
{
    Place place;
    REQUIRE(sys::make_directories(place.at("tree/a/b")));
    REQUIRE(sys::write_file(place.at("tree/a/b/file"), "x"));
    REQUIRE(sys::make_directories(place.at("kept")));
    REQUIRE(sys::write_file(place.at("kept/file"), "x"));
    REQUIRE(::symlink("../kept", place.at("tree/link").c_str()) == 0);
    CHECK(*sys::list_tree(place.at("tree")) == std::vector<std::string>{"a/b/file"});
    for (const char* name : {"tree/a/b", "tree/a", "tree"})
        REQUIRE(::chmod(place.at(name).c_str(), 0) == 0);
    CHECK(sys::remove_tree(place.at("tree")));
    CHECK(!sys::exists(place.at("tree")));
    CHECK(sys::exists(place.at("kept/file")));
    CHECK(sys::remove_tree(place.at("tree")));
    CHECK(sys::make_directories(place.at("kept")));
    auto blocked = sys::make_directories(place.at("kept/file/below"));
    REQUIRE(!blocked);
    CHECK(!sys::list_directory(place.at("none")));
}

TEST_CASE("file: reading stops at the limit and at what cannot be read")
{
    Place place;
    REQUIRE(sys::write_file(place.at("a"), "12345"));
    CHECK(*sys::read_file(place.at("a"), 5) == "12345");
    CHECK(!sys::read_file(place.at("a"), 4));
    CHECK(!sys::read_file(place.directory.path()));
    CHECK(sys::read_file(place.at("none")).error().kind == Kind::environment);
    CHECK(!sys::read_file("/dev/zero", 100000));
}

TEST_CASE("file: a pipe that does not block is waited for")
{
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    sys::Fd read(ends[0]);
    sys::Fd write(ends[1]);
    CHECK(sys::write_bytes(write.get(), "first") == 0);
    CHECK(sys::write_all(write.get(), " second", "pipe"));
    write = sys::Fd();
    CHECK(*sys::read_all(read.get(), "pipe") == "first second");
}

TEST_CASE("file: names in paths")
{
    CHECK(sys::base_name("/a/b") == "b");
    CHECK(sys::base_name("a/b/") == "b");
    CHECK(sys::base_name("b") == "b");
    CHECK(sys::base_name("/") == "/");
    CHECK(sys::directory_name("/a/b") == "/a");
    CHECK(sys::directory_name("/a") == "/");
    CHECK(sys::directory_name("a") == ".");
    CHECK(*sys::absolute_path("/a/../b/./c") == "/b/c");
}
