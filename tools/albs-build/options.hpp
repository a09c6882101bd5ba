// SPDX-License-Identifier: GPL-3.0-or-later
// What albs-build can be told.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "root/request.hpp"
#include "sandbox/sandbox.hpp"

namespace albs::build {

struct Options {
    std::string platform = "host";
    std::vector<std::string> platforms; ///< files
    std::vector<std::string> flavors;
    std::string backend; ///< "chroot", "host", "mock"; empty: the platform's own
    std::string arches; ///< comma-separated; empty: the platform's first
    std::vector<std::string> with;
    std::vector<std::string> without;
    std::vector<std::string> definitions; ///< "NAME BODY"
    std::vector<std::string> modules;     ///< streams to enable
    std::vector<std::string> excludes;    ///< globs of packages
    std::vector<std::string> linked;      ///< repositories
    std::string target_arch;              ///< of rpm, for the backend mock; empty: the task's
    bool secure_boot = false;
    std::string build_configs; ///< file
    std::string timeout;                  ///< "30m"; empty: the platform's
    std::string memory;                   ///< "4G"; empty: by default
    std::string disk;
    std::string processes;
    std::string unused; ///< of gc: "14d"
    std::string most;   ///< of gc: "20G"
    std::string lock;                     ///< file; empty: as the platform says
    bool network = false;
    bool require_notarized = false;
    std::string log_key;
    bool retry = false;
    root::RequestOptions root; ///< of plan and lock
    std::vector<std::string> needs;
    std::string record; ///< --import
};

cli::Tool tool(Options& options);

/// "512M", "4G", "1T" or a number of bytes; Kind::usage otherwise.
Result<std::int64_t> parse_size(const std::string& option, const std::string& text);
/// What a build may use, and the defaults where nothing is said: nine tenths of the machine's memory (where all
/// processes of a job can be limited together) and 16384 processes.
Result<sandbox::Limits> read_limits(const Options& options);
/// Checks the words of --with, --without, --module-enable, --module and --exclude, and that --define has a name and a
/// body.
Status check(const Options& options);

} // namespace albs::build
