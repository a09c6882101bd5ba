// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/readable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/hash_file.hpp"
#include "sys/pipe.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
namespace sys = albs::sys;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds short_wait{50};

std::string read_all(const std::string& path)
{
    auto file = sys::open_readable(path);
    REQUIRE(file);
    auto text = sys::read_all(file->get(), path);
    REQUIRE(text);
    return *text;
}

struct NamedPipe {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("pipe");
    std::string path = directory.path() + "/pipe";
    NamedPipe() { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
};

} // namespace

TEST_CASE("a named pipe without a writer is not waited for")
{
    NamedPipe pipe;
    auto opened = sys::open_readable(pipe.path, sys::system_error, short_wait);
    REQUIRE(!opened);
    CHECK(opened.error().kind == Kind::input);
    CHECK(opened.error().message == "'" + pipe.path + "' is a pipe that nobody writes to");
    auto regular = sys::open_regular(pipe.path);
    REQUIRE(!regular);
    CHECK(regular.error().kind == Kind::input);
    CHECK(regular.error().message == "'" + pipe.path + "' is a pipe, and no regular file");
    CHECK(sys::check_regular(pipe.path).error().message == regular.error().message);
}

TEST_CASE("a writer of a named pipe is waited for, also if it has nothing yet, or nothing at all")
{
    for (const std::string& words : {std::string("late words"), std::string()}) {
        NamedPipe pipe;
        std::thread writer([&] {
            std::this_thread::sleep_for(short_wait);
            sys::Fd end(::open(pipe.path.c_str(), O_WRONLY | O_CLOEXEC));
            std::this_thread::sleep_for(3 * short_wait); // longer than it is waited for without a writer
            (void)sys::write_bytes(end.get(), words);
        });
        auto opened = sys::open_readable(pipe.path, sys::system_error, 2 * short_wait);
        bool is_open = opened.has_value();
        std::string text = is_open ? sys::read_all(opened->get(), pipe.path).value_or("error") : "";
        if (!is_open) // the writer waits for a reader
            (void)sys::Fd(::open(pipe.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        writer.join();
        REQUIRE(is_open);
        CHECK(text == words);
    }
}

TEST_CASE("the pipes of a shell are read, with and without their writer")
{
    for (const std::string& words : {std::string("words"), std::string()}) {
        auto pipe = sys::make_pipe();
        REQUIRE(pipe);
        CHECK(sys::write_bytes(pipe->write.get(), words) == 0);
        pipe->write = sys::Fd();
        CHECK(read_all("/dev/fd/" + std::to_string(pipe->read.get())) == words);
    }
}

TEST_CASE("/dev/null is empty, and other devices are no files")
{
    CHECK(read_all("/dev/null").empty());
    for (const char* device : {"/dev/zero", "/dev/full", "/dev/urandom"}) {
        auto opened = sys::open_readable(device);
        REQUIRE(!opened);
        CHECK(opened.error().kind == Kind::input);
        CHECK(opened.error().message == "'" + std::string(device) + "' is a device, and no regular file");
        CHECK(!sys::read_file(device));
        CHECK(!sys::read_given(device));
        CHECK(!sys::digest_file(device));
        CHECK(!sys::open_regular(device));
    }
    CHECK(!sys::check_regular("/dev/null"));
}

TEST_CASE("a directory is told as before, by the error that the caller wants")
{
    auto directory = *sys::TemporaryDirectory::make("readable");
    auto opened = sys::open_readable(directory.path());
    REQUIRE(!opened);
    CHECK(opened.error().message == "cannot read '" + directory.path() + "': Is a directory");
    CHECK(opened.error().kind == Kind::environment);
    CHECK(sys::open_readable(directory.path(), sys::given_error).error().kind == Kind::usage);
    CHECK(sys::open_regular(directory.path()).error().message ==
          "'" + directory.path() + "' is a directory, and no regular file");
    const std::string file = directory.path() + "/file";
    REQUIRE(sys::write_file(file, "bytes"));
    CHECK(read_all(file) == "bytes");
    CHECK(sys::check_regular(file));
    auto regular = sys::open_regular(file);
    REQUIRE(regular);
    CHECK(sys::read_all(regular->get(), file).value_or("") == "bytes");
    CHECK(sys::open_regular(directory.path() + "/none").error().kind == Kind::environment);
}
