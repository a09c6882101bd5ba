// SPDX-License-Identifier: GPL-3.0-or-later
// One attempt to build a source for a platform and an architecture.
#pragma once
#include "albs/manifest/record.hpp"
#include "albs/manifest/resources.hpp"
#include "albs/manifest/transformation.hpp"

namespace albs {

/// Why a task failed or was not run.
struct Reason {
    std::string phase;   ///< "prep", "build", "install", "check", "package", "setup"…
    std::string kind;    ///< "dependency", "compile"…: albs-manifest(5)
    std::string message; ///< the first cause, one line
    OptionalString log;  ///< artifact
    std::optional<std::int64_t> offset; ///< byte in the log
    bool operator==(const Reason&) const = default;
};

/// A file that a spec names by URL and no list of lookaside files holds, as it was first got.
struct PinnedFile {
    std::string name; ///< of the file
    std::string url;
    std::string sha256;
    std::string sha512;
    std::int64_t size = 0;
};

struct Task {
    static constexpr std::string_view table = "tasks";
    std::string id; ///< "SOURCE/PLATFORM/ARCH"; a later attempt's is that and "@HEX"
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
    /// Artifact: the lock of the root that there would have been, where --early-cutoff did not build it again.
    OptionalString equivalent_buildroot = {};
    OptionalString definition;       ///< artifact: what the platform was (albs.platform/1)
    OptionalString srpm;             ///< artifact: the source package that was built
    OptionalString srpm_buildroot;   ///< artifact: the lock of the root that it was made in
    std::optional<std::int64_t> source_date_epoch; ///< SOURCE_DATE_EPOCH of the source package and of the build
    std::vector<PinnedFile> pinned;
    std::vector<Transformation> transformations; ///< of the source's tree, before the source package was made of it
    bool network = false;
    bool verified = false; ///< the source's record is in the ledger and its proof checked
    Json isolation;        ///< what was in force, as seen from inside
    std::optional<Resources> resources = {}; ///< what the build used; none where nothing was run
    std::string started;   ///< RFC 3339
    std::string finished;
    OptionalText follows = {}; ///< id of the attempt before
};

} // namespace albs
