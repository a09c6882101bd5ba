// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox from both sides: what a job can see and do, and what the report says of it.
#include <doctest/doctest.h>

#include "sandbox/isolation_report.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

sandbox::JobResult shell(const std::string& script, sandbox::Job job = {})
{
    job.argv = {"sh", "-c", script};
    auto ended = sandbox::run(job);
    REQUIRE_MESSAGE(ended.has_value(), (ended ? "" : ended.error().message));
    return *ended;
}

} // namespace

TEST_CASE("the sandbox says what is in force")
{
    sandbox::JobResult ended = shell("exit 3");
    CHECK(ended.finished.status == 3);
    CHECK(write_json(ended.isolation) ==
          R"({"sandbox":"bubblewrap","network":false,"user_namespace":true,"mount_namespace":true,)"
          R"("pid_namespace":true,"ipc_namespace":true,"uts_namespace":true,"no_new_privileges":true,)"
          R"("read_only_root":true,"read_only_proc":true,"capabilities":false,"nested_user_namespaces":false,)"
          R"("machine_root":false,"user":"mockbuild","mapped_ids":1,"host_name":"localhost"})");
}

TEST_CASE("a job sees a fixed user, host name and environment")
{
    ::setenv("ALBS_TEST_SECRET", "x", 1);
    sandbox::JobResult ended = shell("id -un; id -u; hostname; pwd; env | cut -d= -f1 | sort | tr '\\n' ' '; umask");
    ::unsetenv("ALBS_TEST_SECRET");
    CHECK(ended.finished.err == "");
    CHECK(ended.finished.out ==
          "mockbuild\n1000\nlocalhost\n/builddir\n"
          "HOME HOSTNAME LANG LC_ALL LOGNAME PATH PWD SHELL TERM TZ USER 0022\n");
}

TEST_CASE("a job sees no secrets, homes or other processes, and has no network")
{
    sandbox::JobResult ended = shell("ls -d /etc/shadow /etc/ssh /root /home /usr/local/* /dev/mem /dev/kmsg /sys/*; "
                                 "set -- /proc/[0-9]*; [ $# -lt 6 ] && echo alone; "
                                 "grep -c : /proc/net/dev; wc -l < /proc/net/route");
    CHECK(ended.finished.out == "alone\n1\n1\n");
}

TEST_CASE("a job cannot write but where it was let")
{
    auto directory = sys::TemporaryDirectory::make("albs-sandbox-");
    REQUIRE(directory.has_value());
    sandbox::Job job;
    job.mounts = {{directory->path(), "/builddir", true}};
    job.files = {{"/etc/rpm-macros", "%x 1\n"}};
    sandbox::JobResult ended =
        shell("echo kept > kept; echo t > /tmp/t; cat /etc/rpm-macros; "
              "echo x > /usr/x; echo x > /x; echo x >> /etc/rpm-macros; ls -l /builddir | tail -1 | cut -d' ' -f1-4",
              job);
    CHECK(ended.finished.out == "%x 1\n-rw-r--r-- 1 mockbuild mockbuild\n");
    CHECK(*sys::read_file(directory->path() + "/kept") == "kept\n");
    CHECK(!sys::exists("/usr/x"));
    CHECK(!sys::exists("/x"));
}

TEST_CASE("limits end a job")
{
    sandbox::Job job;
    job.limits.timeout_ms = 300;
    CHECK(shell("sleep 30 & sleep 30", job).finished.timed_out);
    job.limits.timeout_ms = 0;
    job.limits.file_bytes = 4096;
    CHECK(shell("head -c 100000 /dev/zero > big; s=$?; wc -c < big; exit $s", job).finished.out == "4096\n");
    job.limits.file_bytes = 0;
    job.limits.memory_bytes = std::int64_t{64} << 20;
    CHECK(shell("head -c 200m /dev/zero | tail -c 150m", job).finished.status != 0);
}

TEST_CASE("what a job used is known where it ended by itself, and it gets no descriptor of ours")
{
    auto directory = sys::TemporaryDirectory::make("albs-sandbox-");
    REQUIRE(directory.has_value());
    sandbox::Job job;
    job.mounts = {{directory->path(), "/builddir", true}};
    job.measures_disk = true;
    sandbox::JobResult ended =
        shell("(i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done); "
              "head -c 3000000 /dev/zero > big; head -c 90000000 /dev/zero | tail -c 80000000 | wc -c; "
              "[ ! -e /proc/self/fd/8 ] || echo 8",
              job);
    CHECK(ended.finished.out == "80000000\n");
    CHECK(ended.used.elapsed_ms.value_or(0) > 0);
    CHECK(ended.used.cpu_ms.value_or(0) > 20);
    CHECK(ended.used.process_peak.value_or(0) > 80'000'000);
    CHECK(ended.used.disk_peak.value_or(0) >= 3'000'000);
    job.limits.timeout_ms = 2000;
    ended = shell("sleep 30", job);
    CHECK(ended.finished.timed_out);
    CHECK(ended.used.elapsed_ms.value_or(0) >= 2000);
    CHECK(!ended.used.cpu_ms);
    CHECK(!ended.used.process_peak);
    // Without an account of it, disk is not looked at.
    CHECK(!shell("true").used.disk_peak);
}

TEST_CASE("uid 0 inside can chroot and change modes, and is nobody outside")
{
    sandbox::Job job;
    job.user = sandbox::User::installer;
    sandbox::JobResult ended = shell("id -u; chown 0:0 /tmp && chroot / true && echo fine", job);
    CHECK(ended.finished.out == "0\nfine\n");
    CHECK(*ended.isolation.find("capabilities")->boolean());
}

TEST_CASE("a command that does not exist is its own failure; a wall that does not stand is ours")
{
    sandbox::Job job;
    job.argv = {"no-such-program"};
    auto ended = sandbox::run(job);
    REQUIRE(ended.has_value());
    CHECK(ended->finished.status == 127);
    job.mounts = {{"/no/such/place", "/builddir", true}};
    auto refused = sandbox::run(job);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().kind == Kind::environment);
    CHECK(refused.error().message == "cannot mount '/no/such/place': No such file or directory");
    auto open = sandbox::observed("user:[1]\nmnt:[1]\npid:[1]\nnet:[1]\nipc:[1]\nuts:[1]\nNoNewPrivs:\t1\nCapEff:\t0\n"
                                  "writable root\nready\n", job, {"user:[1]"});
    REQUIRE(!open.has_value());
    CHECK(open.error().message == "the sandbox has no read_only_root although it asked for it");
    CHECK(!sandbox::observed("", job, {}).has_value());
}
