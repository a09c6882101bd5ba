// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/process.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <linux/close_range.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "base/time.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
using albs::sys::Command;
using albs::sys::ProcessResult;

namespace {

ProcessResult shell(const std::string& script, Command command = {.argv = {}})
{
    command.argv = {"sh", "-c", script};
    auto finished = albs::sys::run(command);
    REQUIRE(finished);
    return *finished;
}

} // namespace

TEST_CASE("process: status, both streams, and death by signal")
{
    ProcessResult finished = shell("echo out; echo err >&2; exit 7");
    CHECK(finished.status == 7);
    CHECK(finished.out == "out\n");
    CHECK(finished.err == "err\n");
    CHECK(!finished.timed_out);
    CHECK(shell("kill -9 $$").status == 137);
    CHECK(shell("kill -TERM $$").status == 143);
    CHECK(shell("exit 0").status == 0);
    CHECK(shell("exit 255").status == 255);
}

TEST_CASE("process: arguments arrive as they are, no shell in between")
{
    std::string odd = "a b\n$(x) ; 'q' \"Ü\" *";
    auto finished = albs::sys::run({.argv = {"printf", "%s|%s", odd, ""}});
    REQUIRE(finished);
    CHECK(finished->out == odd + "|");
}

TEST_CASE("process: more input and output than pipes hold, at the same time")
{
    std::string input(5'000'000, 'x');
    auto finished = albs::sys::run({.argv = {"cat"}, .input = input});
    REQUIRE(finished);
    CHECK(finished->out == input);
    // A child that does not read its input is no error and does not block. Tools ignore SIGPIPE from the start.
    auto old = std::signal(SIGPIPE, SIG_IGN);
    CHECK(shell("exit 3", {.argv = {}, .input = input}).status == 3);
    CHECK(shell("exec <&-; sleep 0.1; exit 4", {.argv = {}, .input = input}).status == 4);
    std::signal(SIGPIPE, old);
    // Without input it reads nothing of ours.
    CHECK(shell("cat").out.empty());
}

TEST_CASE("process: one with grace gets TERM first, and KILL when it does not end")
{
    Command command{.argv = {}, .timeout_ms = 200, .grace_ms = 2000};
    std::int64_t start = albs::monotonic_ms();
    ProcessResult finished = shell("trap 'echo ended; exit 9' TERM; while :; do sleep 0.05; done", command);
    CHECK(finished.timed_out);
    CHECK(finished.out == "ended\n");
    CHECK(finished.status == 9);
    CHECK(albs::monotonic_ms() - start < 2000);
    command.grace_ms = 300;
    finished = shell("trap '' TERM; while :; do sleep 0.05; done", command);
    CHECK(finished.timed_out);
    CHECK(finished.status == 137);
    CHECK(albs::monotonic_ms() - start < 5000);
}

TEST_CASE("process: a timeout ends the whole group")
{
    std::int64_t start = albs::monotonic_ms();
    ProcessResult finished = shell("sleep 60 & sleep 60", {.argv = {}, .timeout_ms = 200});
    CHECK(finished.timed_out);
    CHECK(finished.status == 137);
    CHECK(albs::monotonic_ms() - start < 3000);
    auto checked = albs::sys::run_checked({.argv = {"sleep", "60"}, .timeout_ms = 100});
    REQUIRE(!checked);
    CHECK(checked.error().kind == Kind::temporary);
}

TEST_CASE("process: too much output ends it, and what came first is kept")
{
    ProcessResult finished = shell("yes", {.argv = {}, .output_limit = 1000});
    CHECK(finished.output_exceeded);
    CHECK(finished.out.size() == 1000);
    CHECK(finished.status == 137);
    finished = shell("printf 12345", {.argv = {}, .output_limit = 5});
    CHECK(!finished.output_exceeded);
    CHECK(finished.out == "12345");

    auto directory = *albs::sys::TemporaryDirectory::make("process");
    std::string log = directory.path() + "/log";
    finished = shell("yes", {.argv = {}, .output_file = log, .file_limit = 100000});
    CHECK(finished.output_exceeded);
    CHECK(finished.status == 137);
    CHECK(finished.out.empty());
    CHECK(albs::sys::read_file(log)->substr(0, 4) == "y\ny\n");
    // RecordedStatement, both streams in their order.
    std::string other = directory.path() + "/other";
    REQUIRE(albs::sys::write_file(other, "old\n"));
    shell("echo one; echo two >&2; echo three", {.argv = {}, .output_file = other});
    CHECK(*albs::sys::read_file(other) == "old\none\ntwo\nthree\n");
}

TEST_CASE("process: a daemon that holds the pipes does not hold us")
{
    std::int64_t start = albs::monotonic_ms();
    // In the group: killed with it.
    CHECK(shell("sleep 30 & echo done").out == "done\n");
    // In a session of its own, silent or writing for ever.
    CHECK(shell("setsid sleep 5 & echo done").out == "done\n");
    ProcessResult noisy = shell("setsid sh -c 'while echo y; do :; done' & sleep 0.2; echo done >&2",
                                {.argv = {}, .output_limit = std::size_t{1} << 40});
    CHECK(noisy.err == "done\n");
    CHECK(noisy.status == 0);
    CHECK(albs::monotonic_ms() - start < 4000);
}

TEST_CASE("process: the environment is built, the directory is the child's")
{
    ::setenv("ALBS_TEST_SECRET", "secret", 1);
    ::setenv("LC_ALL", "de_DE.UTF-8", 1);
    ProcessResult finished = shell("env");
    CHECK(finished.out.find("secret") == std::string::npos);
    CHECK(finished.out.find("LC_ALL=C\n") != std::string::npos);
    CHECK(finished.out.find("PATH=") != std::string::npos);
    ::unsetenv("ALBS_TEST_SECRET");
    ::unsetenv("LC_ALL");
    CHECK(shell("echo $A-$HOME", {.argv = {}, .environment = {"A=1", "PATH=/usr/bin:/bin"}}).out == "1-\n");

    auto directory = *albs::sys::TemporaryDirectory::make("process");
    CHECK(shell("pwd", {.argv = {}, .directory = directory.path()}).out == directory.path() + "\n");
    auto missing = albs::sys::run({.argv = {"true"}, .directory = directory.path() + "/none"});
    REQUIRE(!missing);
    CHECK(missing.error().kind == Kind::environment);
}

TEST_CASE("process: a program is found as a shell finds it, but a directory of that name is none")
{
    auto directory = *albs::sys::TemporaryDirectory::make("process");
    REQUIRE(albs::sys::make_directories(directory.path() + "/a/tool"));
    REQUIRE(albs::sys::make_directories(directory.path() + "/b"));
    REQUIRE(albs::sys::write_file(directory.path() + "/b/tool", "#!/bin/sh\necho found\n", 0755));
    std::string path = std::getenv("PATH");
    ::setenv("PATH", (directory.path() + "/a:" + directory.path() + "/b:" + path).c_str(), 1);
    CHECK(*albs::sys::find_program("tool") == directory.path() + "/b/tool");
    auto finished = albs::sys::run({.argv = {"tool"}});
    ::setenv("PATH", path.c_str(), 1);
    REQUIRE(finished);
    CHECK(finished->out == "found\n");

    auto missing = albs::sys::find_program("no-such-program");
    REQUIRE(!missing);
    CHECK(missing.error().message == "program 'no-such-program' is not installed");
    CHECK(!missing.error().hint.empty());
    REQUIRE(albs::sys::write_file(directory.path() + "/b/broken", "#!/no/such/interpreter\n", 0755));
    CHECK(!albs::sys::run({.argv = {directory.path() + "/b/broken"}}));
}

TEST_CASE("process: children have default signals, no descriptors of ours but those that are passed")
{
    // What the test was started with; tools do this first of all (sys/stdio).
    REQUIRE(::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
    albs::sys::Fd other(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    CHECK(shell("ls /proc/self/fd | wc -l").out == "4\n"); // 0, 1, 2 and ls's own
    albs::sys::Fd file(::open("/proc/self/comm", O_RDONLY | O_CLOEXEC));
    std::string mine = *albs::sys::read_file("/proc/self/comm");
    CHECK(shell("cat <&7", {.argv = {}, .pass_fds = {{file.get(), 7}}}).out == mine);
    auto old = std::signal(SIGPIPE, SIG_IGN);
    CHECK(shell("yes | head -n 1; :").err.empty());
    std::signal(SIGPIPE, old);
}

TEST_CASE("process: run_checked says what failed and why, in one line")
{
    auto failed =
        albs::sys::run_checked({.argv = {"sh", "-c", "echo first >&2; echo the cause >&2; exit 9"}}, Kind::input);
    REQUIRE(!failed);
    CHECK(failed.error().kind == Kind::input);
    CHECK(failed.error().message == "sh failed (status 9): the cause");
    auto quiet = albs::sys::run_checked({.argv = {"false"}});
    CHECK(quiet.error().message == "false failed (status 1)");
    CHECK(albs::sys::run_checked({.argv = {"true"}}));
}
