// SPDX-License-Identifier: GPL-3.0-or-later
// Child processes: no shell, a built environment, /dev/null on stdin, own process group, time and output limits.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::sys {

struct Command {
    std::vector<std::string> argv; ///< argv[0] is looked up in PATH unless it has a slash
    /// "NAME=value"; empty: PATH, HOME, TMPDIR, XDG_RUNTIME_DIR and proxies of ours plus LC_ALL=C.
    std::vector<std::string> environment = {};
    std::string directory = {};   ///< working directory; empty: ours
    std::string input = {};       ///< written to stdin (SIGPIPE is ignored, see sys/stdio); empty: /dev/null
    std::string output_file = {}; ///< stdout and stderr go there together (appended); empty: captured
    std::int64_t timeout_ms = 0;  ///< 0: none; afterwards the process group is killed
    std::size_t output_limit = std::size_t{64} << 20; ///< bytes captured of each stream; more kills the child
    /// Bytes written to output_file; 0: no limit. More kills the child.
    std::size_t file_limit = 0;
    std::vector<std::pair<int, int>> pass_fds = {}; ///< {ours, number in the child}
    /// Asked about ten times a second; false kills the child. May be empty.
    std::function<bool()> may_go_on = {};
    /// Whoever would kill the child sends TERM first, and KILL after so long: it has work elsewhere to end. 0: KILL.
    std::int64_t grace_ms = 0;
};

struct ProcessResult {
    int status = 0; ///< exit status, or 128 + signal
    bool timed_out = false;
    bool output_exceeded = false;
    bool stopped = false; ///< by may_go_on
    std::string out;      ///< captured stdout
    std::string err;      ///< captured stderr
    std::int64_t duration_ms = 0;
    /// Of the child and of every process below it that its own maker waited for (getrusage(2)).
    std::int64_t cpu_ms = 0; ///< in user and kernel mode
};

/// Runs a program to its end. A program that cannot be started is Kind::environment; its failure is in status.
Result<ProcessResult> run(const Command& command);
/// As run, but a non-zero status is an error of the given kind: "git fetch failed (status 128): last line of stderr".
Result<ProcessResult> run_checked(const Command& command, Kind kind = Kind::environment);
/// Path of a program in PATH; Kind::environment with the hint to install it.
Result<std::string> find_program(const std::string& name);
/// The environment that an empty Command::environment means.
std::vector<std::string> clean_environment();

} // namespace albs::sys
