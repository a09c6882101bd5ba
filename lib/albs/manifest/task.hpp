// SPDX-License-Identifier: GPL-3.0-or-later
// One attempt to build a source for a platform and an architecture.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// Why a task failed or was not run.
struct Reason {
    std::string phase;   ///< "prep", "build", "install", "check", "package", "setup"…
    std::string kind;    ///< dependency, spec, patch, compile, test, unpackaged, timeout, disk, infrastructure, arch
    std::string message; ///< the first cause, one line
    OptionalString log;  ///< artifact
    std::optional<std::int64_t> offset; ///< byte in the log
};

struct Task {
    static constexpr std::string_view table = "tasks";
    std::string id; ///< "SOURCE/PLATFORM/ARCH"
    std::string source;
    std::string platform;
    std::string arch;
    std::string backend;
    std::vector<std::string> options; ///< beyond the platform, as options of albs-build: "--with", "tests"…
    std::string status;               ///< "ok", "failed", "skipped"
    std::optional<Reason> reason;
    std::vector<JsonText> artifacts; ///< SHA-256 of each, RPMs first
    OptionalString log;              ///< artifact
    OptionalString buildroot;        ///< artifact: the lock
    bool network = false;
    bool verified = false; ///< the source's record is in the ledger and its proof checked
    Json isolation;        ///< what was in force, as seen from inside
    std::string started;   ///< RFC 3339
    std::string finished;
};

} // namespace albs
