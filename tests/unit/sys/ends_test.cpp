// SPDX-License-Identifier: GPL-3.0-or-later
// What programs leave: temporaries of dead ones, children, programs in the background.
#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sys/background.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace sys = albs::sys;

namespace {

/// In a process of its own, which is left without any destructor.
pid_t in_another(const std::function<void()>& work)
{
    pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        work();
        ::_exit(0);
    }
    return child;
}

bool holds_soon(const std::function<bool()>& condition)
{
    for (int tries = 0; tries < 500; ++tries) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

/// The pid that a child wrote into a file.
std::string pid_in(const std::string& file)
{
    std::string text;
    REQUIRE(holds_soon([&] {
        text = sys::read_file(file).value_or("");
        return text.ends_with("\n");
    }));
    text.pop_back();
    return text;
}

bool runs(const std::string& pid)
{
    std::string status = sys::read_file("/proc/" + pid + "/stat").value_or("");
    std::size_t name_end = status.rfind(") ");
    return name_end != std::string::npos && status[name_end + 2] != 'Z' && status[name_end + 2] != 'X';
}

} // namespace

TEST_CASE("temporary: what a dead program left is removed, what a living one has is not")
{
    auto directory = *sys::TemporaryDirectory::make("test");
    const std::string& path = directory.path();
    pid_t child = in_another([&] {
        auto lost = sys::TemporaryDirectory::make("lost", path);
        (void)sys::write_file(lost->path() + "/file", "x");
        auto file = sys::TemporaryFile::beside(path + "/lost");
        (void)::link(file->path().c_str(), (file->path() + "-link").c_str());
        ::_exit(0);
    });
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK(sys::list_directory(path)->size() == 3);
    auto mine = *sys::TemporaryDirectory::make("mine", path);
    CHECK(sys::list_directory(path)->size() == 1);
    auto file = *sys::TemporaryFile::beside(path + "/mine");
    // Names like ours, of others.
    for (const char* name : {"/albs-tmp-list", "/albs-tmp-a-bcdefg", "/.x.albs-tmp-", "/.albs-tmp-1", "/x.albs-tmp-1"})
        REQUIRE(sys::write_file(path + name, "x"));
    REQUIRE(sys::make_directories(path + "/albs-tmp-list-of-all"));
    sys::remove_abandoned_temporaries(path);
    CHECK(sys::list_directory(path)->size() == 8);
    CHECK(sys::exists(mine.path()));
    CHECK(sys::exists(file.path()));
    // The lock stays until the file has its name.
    CHECK(file.put_in_place());
    CHECK(sys::exists(path + "/mine"));
}

TEST_CASE("process: a child ends with its maker, whatever ended that")
{
    auto directory = *sys::TemporaryDirectory::make("test");
    std::string file = directory.path() + "/pid";
    pid_t maker = in_another([&] {
        (void)sys::run({.argv = {"sh", "-c", "echo $$ >" + file + "; exec sleep 100"}}).has_value();
    });
    std::string child = pid_in(file);
    CHECK(runs(child));
    REQUIRE(::kill(maker, SIGKILL) == 0);
    REQUIRE(::waitpid(maker, nullptr, 0) == maker);
    CHECK(holds_soon([&] { return !runs(child); }));
}

TEST_CASE("background: a program runs as long as the object, and ends with this one")
{
    auto directory = *sys::TemporaryDirectory::make("test");
    std::string file = directory.path() + "/pid";
    // With and without heed of TERM.
    for (const char* trap : {"", "trap '' TERM; "}) {
        std::string script = trap + std::string("echo $$ >") + file + "; while :; do sleep 0.1; done";
        std::optional<sys::Background> running = *sys::Background::start({.argv = {"sh", "-c", script}});
        std::string child = pid_in(file);
        CHECK(runs(child));
        running.reset();
        CHECK(!runs(child));
        REQUIRE(sys::remove_tree(file));
    }
    pid_t maker = in_another([&] {
        auto running = sys::Background::start({.argv = {"sh", "-c", "echo $$ >" + file + "; exec sleep 100"}});
        ::pause();
    });
    std::string child = pid_in(file);
    REQUIRE(::kill(maker, SIGKILL) == 0);
    REQUIRE(::waitpid(maker, nullptr, 0) == maker);
    CHECK(holds_soon([&] { return !runs(child); }));
    CHECK(!sys::Background::start({.argv = {"no-such-program"}}));
    CHECK(!sys::Background::start({.argv = {"/etc/passwd"}}));
}
