// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a command where it can harm nothing: bubblewrap, no network, read-only root, own pid, ipc and uts namespaces,
// fixed host name, user, environment and limits. The same as root and as a plain user.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/json.hpp"
#include "albs/result.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {

struct Mount {
    std::string from; ///< on this machine
    std::string to;   ///< inside
    bool writable = false;
};

struct Limits {
    std::int64_t timeout_ms = 0;    ///< 0: none
    std::int64_t memory_bytes = 0;  ///< 0: none
    std::int64_t processes = 0;     ///< 0: none
    std::int64_t file_bytes = 0;    ///< largest file written; 0: none
    std::int64_t log_bytes = 0;     ///< largest log; 0: none
};

struct Job {
    std::vector<std::string> argv;
    std::vector<std::string> environment; ///< in addition to the fixed one (PATH, HOME, LC_ALL, TZ, USER…)
    std::string directory = "/builddir";  ///< working directory inside
    /// Root file system. Empty: the machine's own toolchain, read-only (/usr, /bin, /lib*, and what of /etc a toolchain
    /// needs), without its secrets, homes and devices.
    std::string root;
    std::vector<Mount> mounts;
    /// Run as uid 0 inside (mapped to the caller outside), for rpm --root and the like; else as a plain build user.
    bool as_root = false;
    bool network = false;
    std::string log_file; ///< stdout and stderr, appended; empty: captured
    Limits limits;
};

struct Ended {
    sys::Finished finished;
    /// What was in force, as seen from inside: {"network":false,"pid_namespace":true,…}.
    Json isolation;
};

/// Kind::environment when there is no bubblewrap or the kernel refuses namespaces; the command's failure is in finished.
Result<Ended> run(const Job& job);

} // namespace albs::sandbox
