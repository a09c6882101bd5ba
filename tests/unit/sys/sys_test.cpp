// SPDX-License-Identifier: GPL-3.0-or-later
// The smaller parts of sys/: temporaries, locks, parallel loops, the clock.
#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/parallel.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
using albs::Status;
namespace sys = albs::sys;

TEST_CASE("temporary: a directory is private and goes with its object")
{
    std::string path;
    {
        auto one = *sys::TemporaryDirectory::make("albs-test");
        path = one.path();
        CHECK(path.front() == '/');
        REQUIRE(sys::write_file(path + "/file", "x"));
        auto other = std::move(one);
        CHECK(other.path() == path);
        auto second = *sys::TemporaryDirectory::make("albs-test");
        std::string of_second = second.path();
        second = std::move(other);
        CHECK(second.path() == path);
        CHECK(sys::exists(of_second)); // the swap left it with the other object
    }
    CHECK(!sys::exists(path));
    CHECK(sys::TemporaryDirectory::make("albs-test", "/no/such/place").error().kind == Kind::environment);
}

TEST_CASE("temporary: a file is there only when it was put there")
{
    auto directory = *sys::TemporaryDirectory::make("albs-test");
    std::string target = directory.path() + "/target";
    {
        auto file = *sys::TemporaryFile::beside(target);
        REQUIRE(sys::write_all(file.fd(), "lost", "x"));
    }
    CHECK(sys::list_directory(directory.path())->empty());
    {
        auto file = *sys::TemporaryFile::beside(target);
        auto moved = std::move(file);
        REQUIRE(sys::write_all(moved.fd(), "kept", "x"));
        CHECK(moved.put_in_place());
    }
    CHECK(*sys::read_file(target) == "kept");
    CHECK(sys::list_directory(directory.path())->size() == 1);
    {
        auto file = *sys::TemporaryFile::beside(target);
        REQUIRE(sys::make_directories(directory.path() + "/full/x"));
        CHECK(!file.put_in_place_as(directory.path() + "/full"));
    }
    CHECK(sys::list_directory(directory.path())->size() == 2);
    CHECK(!sys::TemporaryFile::beside("/no/such/place"));
}

TEST_CASE("lock: one writer or many readers, and busy is temporary")
{
    auto directory = *sys::TemporaryDirectory::make("albs-test");
    std::string path = directory.path() + "/lock";
    {
        auto one = sys::FileLock::shared(path, 0);
        auto other = sys::FileLock::shared(path, 0);
        CHECK(one);
        CHECK(other);
        auto busy = sys::FileLock::exclusive(path, 20);
        REQUIRE(!busy);
        CHECK(busy.error().kind == Kind::temporary);
    }
    auto held = sys::FileLock::exclusive(path, 0);
    REQUIRE(held);
    CHECK(!sys::FileLock::shared(path, 0));
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        sys::FileLock gone = std::move(*held);
    });
    CHECK(sys::FileLock::exclusive(path, 5000));
    later.join();
    CHECK(sys::FileLock::exclusive("/no/such/lock", 0).error().kind == Kind::environment);
    REQUIRE(::symlink("lock", (directory.path() + "/link").c_str()) == 0);
    CHECK(!sys::FileLock::exclusive(directory.path() + "/link", 0));
}

TEST_CASE("parallel: each piece once, the first error by number, nothing begun after it")
{
    for (std::size_t jobs : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
        std::vector<std::atomic<int>> done(100);
        CHECK(sys::for_each_parallel(done.size(), jobs, [&](std::size_t at) {
            ++done[at];
            return Status();
        }));
        for (const auto& times : done)
            CHECK(times == 1);
        auto failed = sys::for_each_parallel(100, jobs, [&](std::size_t at) -> Status {
            if (at == 7)
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            if (at >= 7)
                return albs::fail(Kind::input, std::to_string(at));
            return {};
        });
        REQUIRE(!failed);
        CHECK(failed.error().message == "7");
    }
    CHECK(sys::for_each_parallel(0, 4, [](std::size_t) -> Status { return albs::fail(Kind::internal, "called"); }));
    auto thrown = sys::for_each_parallel(5, 2, [](std::size_t) -> Status { throw std::runtime_error("thrown"); });
    CHECK(thrown.error().kind == Kind::internal);
    CHECK(thrown.error().message == "thrown");
    CHECK(!sys::for_each_parallel(5, 2, [](std::size_t) -> Status { throw 1; }));
}
