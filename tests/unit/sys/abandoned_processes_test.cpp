// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/abandoned_processes.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

/// A process that waits, with this as its last argument. It starts no other: that would outlive it, and hold what reads
/// the output of this program.
pid_t start(const std::string& argument)
{
    const pid_t process = ::fork();
    if (process == 0) {
        int ends[2];
        if (::pipe(ends) != 0 || ::dup2(ends[0], STDIN_FILENO) != STDIN_FILENO)
            ::_exit(127);
        ::execl("/bin/sh", "sh", "-c", "while :; do read -r line; done", argument.c_str(), nullptr);
        ::_exit(127);
    }
    // Until its arguments are its own.
    for (int tries = 0; tries < 500; ++tries) {
        auto arguments = sys::read_file("/proc/" + std::to_string(process) + "/cmdline");
        if (arguments && arguments->find("read -r line") != arguments->npos)
            break;
        ::usleep(10000);
    }
    return process;
}

/// How it ended; 0: it runs. It is gone afterwards.
int end_of(pid_t process)
{
    int status = 0;
    for (int tries = 0; tries < 100; ++tries) {
        if (::waitpid(process, &status, WNOHANG) == process)
            return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
        ::usleep(10000);
    }
    (void)::kill(process, SIGTERM);
    (void)::waitpid(process, &status, 0);
    return 0;
}

} // namespace

TEST_CASE("processes of a program that is gone end with its temporary directory, and no others")
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    const std::string abandoned = directory.path() + "/albs-tmp-view-AbCd12";
    REQUIRE(sys::make_directories(abandoned + "/tree"));
    const pid_t with_it = start(abandoned);
    const pid_t below_it = start(abandoned + "/tree");
    const pid_t beside_it = start(abandoned + "3");
    const pid_t about_it = start("--bind=" + abandoned);
    sys::remove_abandoned_temporaries(directory.path());
    CHECK_FALSE(sys::exists(abandoned));
    CHECK(end_of(with_it) == SIGKILL);
    CHECK(end_of(below_it) == SIGKILL);
    CHECK(end_of(beside_it) == 0);
    CHECK(end_of(about_it) == 0);
}

TEST_CASE("a temporary directory of a program that runs keeps its processes")
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    sys::TemporaryDirectory used = *sys::TemporaryDirectory::make("view", directory.path());
    const pid_t process = start(used.path());
    sys::remove_abandoned_temporaries(directory.path());
    CHECK(sys::exists(used.path()));
    CHECK(end_of(process) == 0);
}
