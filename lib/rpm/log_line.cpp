// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/log_line.hpp"

#include <algorithm>
#include <initializer_list>

namespace albs::rpm::log_line {
namespace {

using Words = std::initializer_list<std::string_view>;

bool has_one_of(std::string_view text, Words parts)
{
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return has(text, part); });
}

bool starts_with_one_of(std::string_view text, Words parts)
{
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return starts(text, part); });
}

/// What strerror() says stands at the end of a program's own error, perhaps with a full stop or a bracket; a text about
/// it goes on, or is quoted.
bool ends_with_one_of(std::string_view line, Words parts)
{
    while (!line.empty() && (line.back() == '.' || line.back() == ' ' || line.back() == '\r' || line.back() == ')'))
        line.remove_suffix(1);
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return line.ends_with(part); });
}

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/// "…:12: " or "…:12:3: " or "…(12): " right before AT.
bool has_line_number_before(std::string_view line, std::size_t at)
{
    std::string_view before = line.substr(0, at);
    if (before.ends_with(')'))
        before.remove_suffix(1);
    return !before.empty() && is_digit(before.back());
}

/// A path right before AT whose name ends as sources do: "a.c: error: …" has no line, but is of a compiler, too.
bool has_code_before(std::string_view line, std::size_t at)
{
    return ends_with_one_of(line.substr(0, at), {".c",      ".cc", ".cpp", ".cxx",  ".h",    ".o",   ".s",  ".S",
                                                 ".f90",    ".rs", ".go",  ".vala", ".java", "gcc",  "g++", "cc1",
                                                 "cc1plus", "as",  "ld",   "clang", "rustc", "javac"});
}

} // namespace

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

bool starts(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool is_shell_error(std::string_view line)
{
    return starts(line, "/var/tmp/rpm-tmp.") && has(line, ": syntax error");
}

bool is_compiler_error(std::string_view line)
{
    for (std::string_view word : {": error: ", ": fatal error: ", ": Error: ", ": error[E", ": syntax error"}) {
        std::size_t at = line.find(word);
        if (at != line.npos && at > 0 && (has_line_number_before(line, at) || has_code_before(line, at)))
            return true;
    }
    return starts_with_one_of(line, {"error[E", "SyntaxError: ", "panic: "}) ||
           has_one_of(line, {"undefined reference to", "collect2: error", "ld returned 1 exit status",
                             "multiple definition of", "DSO missing from command line", "error: aborting due to",
                             "error: could not compile", "relocation truncated to fit"});
}

bool is_missing_dependency(std::string_view line)
{
    bool missing_header = has(line, ": fatal error: ") && has(line, ": No such file or directory");
    bool configure = starts_with_one_of(line, {"configure: error: ", "CMake Error", "ERROR: "}) &&
                     has_one_of(line, {"not found", "cannot find", "Cannot find", "could not find", "Could not find",
                                       "is required", "requires", "missing", "works only with", "no acceptable",
                                       "not installed", "unable to find", "requirements"});
    bool make = starts(line, "make") && has(line, ": No such file or directory") && !has(line, "***");
    return missing_header || configure || make ||
           has_one_of(line, {": command not found",
                             "cannot find -l",
                             "Could NOT find ",
                             "No package '",
                             "Could not find a package configuration file",
                             "ModuleNotFoundError: No module named",
                             "Can't locate ",
                             "ImportError: No module named",
                             "ERROR: Dependency ",
                             "ERROR: Program '",
                             "error: possibly undefined macro",
                             "No such module",
                             "make: not found",
                             ": not found, needed by",
                             "no matching package named",
                             "Could not resolve dependencies",
                             "cannot find package ",
                             "no required module provides",
                             "bad interpreter: No such file",
                             "cannot execute: required file not found",
                             "error: package or namespace load failed",
                             "there is no package called",
                             "cannot load such file --",
                             "Cannot find module '",
                             "error: failed to select a version",
                             "No matching distribution found for",
                             "ERROR: Could not find a version that satisfies",
                             "was not found in the pkg-config search path"});
}

bool is_network(std::string_view line)
{
    return has_one_of(line, {"Could not resolve host", "Couldn't resolve host", "Could not resolve proxy",
                             "Temporary failure in name resolution", "Name or service not known",
                             "getaddrinfo EAI_AGAIN", "getaddrinfo ENOTFOUND", "unable to resolve host address",
                             "Failed to resolve '", "dial tcp: lookup ", "UnknownHostException"}) ||
           ends_with_one_of(line, {"Network is unreachable", "No route to host"});
}

bool is_memory(std::string_view line)
{
    return ends_with_one_of(line, {"Cannot allocate memory", "virtual memory exhausted", "std::bad_alloc'",
                                   "MemoryError", "fork: Resource temporarily unavailable"}) ||
           has_one_of(line, {"out of memory allocating", "fatal error: Killed signal", "terminated with signal 9",
                             "fork: retry: Resource temporarily", "java.lang.OutOfMemoryError",
                             "LLVM ERROR: out of memory", "(signal: 9, SIGKILL"});
}

bool is_disk(std::string_view line)
{
    return ends_with_one_of(line, {"No space left on device", "Disk quota exceeded", "Input/output error"});
}

bool is_build_system_error(std::string_view line)
{
    return starts_with_one_of(line, {"configure: error: ", "CMake Error", "ninja: error: ", "[ERROR] ", "npm ERR! "}) ||
           has_one_of(line, {": *** No rule to make target", ": *** missing separator", ": ERROR: "}) ||
           (starts(line, "make") && has(line, ": *** ") && !has(line, "] Error "));
}

bool is_failed_test(std::string_view line)
{
    return starts_with_one_of(line, {"FAIL: ", "FAIL ", "FAILED ", "not ok ", "FAILED: ", "ERROR: ", "XPASS: "}) ||
           has_one_of(line, {"***Failed", "***Exception", "***Timeout", "Assertion `", "AssertionError", "FAILED (",
                             "FAIL: ", " ... FAILED", "--- FAIL", "Segmentation fault", ": Assertion failed",
                             " ... FAIL", "panicked at"});
}

bool is_passed_test(std::string_view line)
{
    return starts_with_one_of(line, {"PASS: ", "PASS ", "PASSED", "ok ", "XFAIL: ", "XFAIL ", "SKIP: ", "SKIP ",
                                     "--- PASS", "--- SKIP", "[       OK ]", "[ RUN      ]", "# ", "checking "}) ||
           ends_with_one_of(line, {" ... ok", " ok", " PASSED", " passed", " Passed", " OK", " PASS", "... yes",
                                   "... no", " skipped"}) ||
           has_one_of(line, {"   Passed  ", " PASSED ", " SKIPPED "});
}

bool is_failed_patch(std::string_view line)
{
    return has_one_of(line, {" FAILED at ", "hunk FAILED", "hunks FAILED", "malformed patch",
                             "can't find file to patch", "previously applied) patch detected", "error: patch failed:",
                             "patch does not apply", "Only garbage was found in the patch", "No file to patch"});
}

bool is_rpm_error(std::string_view line)
{
    return starts(line, "error: ") &&
           !starts_with_one_of(line, {"error: Bad exit status", "error: Unable to open sqlite database",
                                      "error: cannot open Packages"});
}

bool is_epilogue(std::string_view line)
{
    return line.empty() ||
           starts_with_one_of(line, {"error: Bad exit status", "RPM build errors:", "    Bad exit status",
                                     "RPM build warn", "make: ***", "make["});
}

bool is_trace(std::string_view line)
{
    return starts(line, "+ ") || starts(line, "++ ");
}

} // namespace albs::rpm::log_line
