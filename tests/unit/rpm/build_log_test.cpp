// SPDX-License-Identifier: GPL-3.0-or-later
// The classifier on what real builds said: excerpts of logs of rpmbuild, compilers, configure scripts and test suites.
#include <doctest/doctest.h>

#include "rpm/build_log.hpp"

using namespace albs;

namespace {

std::string summary(const std::string& log)
{
    rpm::BuildFailure failure = rpm::failure_in(log);
    // The offset is that of the line that the message is from.
    std::string at = log.substr(static_cast<std::size_t>(failure.offset));
    at = at.substr(0, at.find('\n'));
    std::size_t start = std::min(at.find_first_not_of(" \t"), at.size());
    CHECK_MESSAGE(at.substr(start, 40) == failure.message.substr(0, std::min<std::size_t>(40, failure.message.size())),
                  at);
    return failure.phase + " " + failure.kind + ": " + failure.message;
}

const std::string prep =
    "Installing /source/package.src.rpm\nExecuting(%prep): /bin/bash -e /var/tmp/rpm-tmp.1\n+ umask 022\n";
const std::string build = prep + "+ exit 0\nExecuting(%build): /bin/bash -e /var/tmp/rpm-tmp.2\n+ umask 022\n";
const std::string install = build + "+ exit 0\nExecuting(%install): /bin/bash -e /var/tmp/rpm-tmp.3\n";
const std::string check = install + "+ exit 0\nExecuting(%check): /bin/bash -e /var/tmp/rpm-tmp.4\n";
const std::string package = check + "+ exit 0\nProcessing files: x-1-1.x86_64\n";

std::string bad_exit(const std::string& phase)
{
    return "error: Bad exit status from /var/tmp/rpm-tmp.9 (%" + phase +
           ")\n\nRPM build errors:\n    Bad exit status "
           "from /var/tmp/rpm-tmp.9 (%" +
           phase + ")\n";
}

} // namespace

TEST_CASE("a log that ends before the spec is read tells of the spec or of dependencies")
{
    CHECK(
        summary(
            "task x: y\nerror: Unable to open sqlite database /var/lib/rpm/rpmdb.sqlite: unable to open database file\n"
            "error: cannot open Packages database in /var/lib/rpm\n"
            "error: line 3: Unknown tag: Broken line\nInstalling /source/package.src.rpm\n") ==
        "setup spec: error: line 3: Unknown tag: Broken line");
    CHECK(summary("Installing x.src.rpm\nerror: Failed build dependencies:\n\tocaml >= 4.08 is needed by x-1-1.x86_64\n"
                  "\tfoo is needed by x-1-1.x86_64\n") == "setup dependency: ocaml >= 4.08 is needed by x-1-1.x86_64");
    CHECK(summary("error: Architecture is excluded: x86_64\n") ==
          "setup arch: error: Architecture is excluded: x86_64");
    CHECK(summary("error: No compatible architectures found for build\n") ==
          "setup arch: error: No compatible architectures found for build");
}

TEST_CASE("%prep fails by patches, missing programs or a wrong spec")
{
    CHECK(summary(prep +
                  "Patch #1 (bc-1.06-dc_ibase.patch):\n+ /usr/bin/patch -p1 -s\n1 out of 2 hunks FAILED -- saving "
                  "rejects to file dc/misc.c.rej\n" +
                  bad_exit("prep")) == "prep patch: 1 out of 2 hunks FAILED -- saving rejects to file dc/misc.c.rej");
    CHECK(summary(prep + "error: patch failed: lib/a.c:10\nerror: lib/a.c: patch does not apply\n" +
                  bad_exit("prep")) == "prep patch: error: patch failed: lib/a.c:10");
    CHECK(summary(prep + "/var/tmp/rpm-tmp.x9dxJ7: line 42: autoreconf: command not found\n" + bad_exit("prep")) ==
          "prep dependency: /var/tmp/rpm-tmp.x9dxJ7: line 42: autoreconf: command not found");
    CHECK(summary(prep + "+ cd zip31\n/var/tmp/rpm-tmp.1: line 33: cd: zip31: No such file or directory\n" +
                  bad_exit("prep")) == "prep spec: /var/tmp/rpm-tmp.1: line 33: cd: zip31: No such file or directory");
}

TEST_CASE("%build fails by missing dependencies or by code")
{
    for (const char* line : {"configure: error: readline works only with flex.",
                             "configure: error: no acceptable C compiler found in $PATH",
                             "configure: error: Package requirements (glib-2.0 >= 2.56) were not met:",
                             "a.c:1:10: fatal error: zlib.h: No such file or directory",
                             "/usr/bin/ld: cannot find -lpopt: No such file or directory",
                             "CMake Error at /usr/share/cmake/Modules/FindPackageHandleStandardArgs.cmake:230 "
                             "(message): Could NOT find ZLIB",
                             "meson.build:12:0: ERROR: Dependency \"glib-2.0\" not found, tried pkgconfig",
                             "ModuleNotFoundError: No module named 'setuptools'",
                             "Can't locate ExtUtils/MakeMaker.pm in @INC (you may need to install it)",
                             "make: tclsh: No such file or directory"})
        CHECK(summary(build + "checking for gcc... gcc\nx.c:3:5: warning: unused variable 'error: '\n" + line +
                      "\nmake: *** [Makefile:10: all] Error 1\n" + bad_exit("build")) ==
              "build dependency: " + std::string(line));
    CHECK(summary(build +
                  "gcc -c a.c\na.c: In function 'main':\na.c:4:12: error: 'nothing' undeclared (first use in this "
                  "function)\nmake: *** [Makefile:10: a.o] Error 1\n" +
                  bad_exit("build")) ==
          "build compile: a.c:4:12: error: 'nothing' undeclared (first use in this function)");
    CHECK(summary(build +
                  "/usr/bin/ld: a.o: in function `main':\na.c:(.text+0x5): undefined reference to `frob'\n"
                  "collect2: error: ld returned 1 exit status\n" +
                  bad_exit("build")) == "build compile: a.c:(.text+0x5): undefined reference to `frob'");
    CHECK(summary(build + "+ ./generate\nno luck today\nmake: *** [Makefile:5: x] Error 7\n" + bad_exit("build")) ==
          "build compile: no luck today");
}

TEST_CASE("troubles of the machine are told apart from those of the package")
{
    CHECK(summary(build + "gcc: fatal error: Killed signal terminated program cc1plus\ncompilation terminated.\n" +
                  bad_exit("build")) == "build memory: gcc: fatal error: Killed signal terminated program cc1plus");
    CHECK(summary(install + "cp: error writing '/builddir/build/x': No space left on device\n" + bad_exit("install")) ==
          "install disk: cp: error writing '/builddir/build/x': No space left on device");
    CHECK(summary(build + "curl: (6) Could not resolve host: example.org\n" + bad_exit("build")) ==
          "build network: curl: (6) Could not resolve host: example.org");
    CHECK(summary(build + "collect2: fatal error: ld terminated with signal 9 [Killed]\n" + bad_exit("build")) ==
          "build memory: collect2: fatal error: ld terminated with signal 9 [Killed]");
}

TEST_CASE("what tests say that went well is no cause")
{
    CHECK(summary(check + "PASS: says Cannot allocate memory\nFAIL: arithmetic\n" + bad_exit("check")) ==
          "check test: FAIL: arithmetic");
    CHECK(summary(check + "cat: write error: No space left on device\nPASS: enospc\nFAIL: arithmetic\n" +
                  bad_exit("check")) == "check test: FAIL: arithmetic");
    CHECK(summary(check + "ok 3 - reports: Cannot allocate memory\nok 4 - FAIL: is printed\nnot ok 5 - x\n" +
                  bad_exit("check")) == "check test: not ok 5 - x");
    CHECK(summary(check + "test_curl (Could not resolve host: x) ... ok\nDifferences: 3\n" + bad_exit("check")) ==
          "check test: Differences: 3");
    CHECK(summary(build + "checking for ENOSPC... No space left on device\na.c:1:2: error: bad\n" +
                  bad_exit("build")) == "build compile: a.c:1:2: error: bad");
    CHECK(summary(build + "NOTE: if it says 'Cannot allocate memory', add some\na.c:1:2: error: bad\n" +
                  bad_exit("build")) == "build compile: a.c:1:2: error: bad");
}

TEST_CASE("a macro that nobody defined is named")
{
    CHECK(rpm::failure_in(build + "+ %pyproject_wheel\n/var/tmp/rpm-tmp.1: line 41: fg: no job control\n" +
                          bad_exit("build"))
              .message == "/var/tmp/rpm-tmp.1: line 41: fg: no job control: the macro %pyproject_wheel is not defined");
}

TEST_CASE("what CMake means is in its next line")
{
    rpm::BuildFailure failure = rpm::failure_in(build +
                                                "CMake Error at CMakeLists.txt:3 (message):\n  libfoo 2.0 is "
                                                "required\n\n-- Configuring incomplete, errors occurred!\n" +
                                                bad_exit("build"));
    CHECK(failure.kind == "dependency");
    CHECK(failure.message == "CMake Error at CMakeLists.txt:3 (message): libfoo 2.0 is required");
}

TEST_CASE("what the shell says it will run is no cause")
{
    CHECK(
        summary(build +
                "+ echo 'x: fatal error: Killed signal'\n+ grep 'No space left on device' log\nx.c:1:2: error: bad\n" +
                bad_exit("build")) == "build compile: x.c:1:2: error: bad");
}

TEST_CASE("%check fails by the first test that fails")
{
    CHECK(summary(check + "PASS: one\nFAIL: testit.sh\n# FAIL:  1\nmake[1]: *** [Makefile:8: check] Error 1\n" +
                  bad_exit("check")) == "check test: FAIL: testit.sh");
    CHECK(summary(check + "ok 1 - a\nnot ok 2 - b\n" + bad_exit("check")) == "check test: not ok 2 - b");
    CHECK(summary(check + "3/9 Test #3: store ....***Failed    0.20 sec\n" + bad_exit("check")) ==
          "check test: 3/9 Test #3: store ....***Failed    0.20 sec");
    CHECK(summary(check +
                  "Failed checks were:\n  ./198.sysval:err\nmake[3]: *** [Makefile:2065: check-local] Error 1\n" +
                  bad_exit("check")) == "check test: ./198.sysval:err");
    CHECK(summary(check + "+ test a = b\n" + bad_exit("check")) == "check test: + test a = b");
}

TEST_CASE("files that are missing or too many")
{
    CHECK(summary(package +
                  "Checking for unpackaged file(s): /usr/lib/rpm/check-files /builddir/build/BUILDROOT/x\n"
                  "error: Installed (but unpackaged) file(s) found:\n   /usr/bin/forgotten\n\nRPM build errors:\n"
                  "    Installed (but unpackaged) file(s) found:\n   /usr/bin/forgotten\n") ==
          "package unpackaged: /usr/bin/forgotten");
    CHECK(summary(package +
                  "error: File not found: /builddir/build/BUILDROOT/x-1-1.x86_64/usr/bin/absent\n\nRPM build errors:\n"
                  "    File not found: /builddir/build/BUILDROOT/x-1-1.x86_64/usr/bin/absent\n") ==
          "package spec: error: File not found: /builddir/build/BUILDROOT/x-1-1.x86_64/usr/bin/absent");
}

TEST_CASE("a cause is readable whatever bytes the log has")
{
    std::string line = "a.c:1:1: error: \xff\x1b[31mbad" + std::string(1, '\0') + "\xc3\xbc " + std::string(1000, 'x');
    rpm::BuildFailure failure = rpm::failure_in(build + line + "\n" + bad_exit("build"));
    CHECK(failure.message.size() <= 300);
    CHECK(failure.message.substr(0, 28) == "a.c:1:1: error: ??[31mbad?\xc3\xbc");
    CHECK(rpm::failure_in("").kind == "spec");
    CHECK(rpm::failure_in("\n\n").phase == "setup");
    CHECK(rpm::phase_reached(check + "hangs") == "check");
}
