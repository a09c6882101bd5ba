// SPDX-License-Identifier: GPL-3.0-or-later
// rpmbuild -bs in the sandbox: a spec runs code when it is read, so it is read only there.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/message.hpp"
#include "plan.hpp"
#include "sys/temporary.hpp"
#include "workplace.hpp"

namespace albs::build {

/// Where the sandbox has the source. In a directory that is there already: those that bubblewrap makes are closed to
/// other users.
constexpr const char* tree_inside = "/builddir/tree";
constexpr const char* package_inside = "/builddir/package.src.rpm";

/// Where a spec is read: this machine, or the root of a lock.
struct SpecPlace {
    std::string arch;             ///< of the root
    std::optional<Artifact> lock; ///< none for mock, whose roots are its own
};

/// What is read, as it lies on this machine.
struct SpecInput {
    std::string tree;    ///< directory; empty: it is a source package
    std::string spec;    ///< path in the tree
    std::string sources; ///< directory in the tree; empty: its root
    std::string package; ///< file
};

struct SpecJob {
    SpecInput input;
    std::string target; ///< architecture of rpm
    std::int64_t time = 0;
    bool is_kept = false;                      ///< what comes is stored, and not only its header read
    std::vector<std::string> environment = {}; ///< beyond the usual
};

struct SpecRun {
    sys::TemporaryDirectory directory;
    Workplace place;
    sandbox::JobResult ended;
    std::string log_file() const { return directory.path() + "/log"; }
    bool succeeded() const
    {
        const sys::ProcessResult& finished = ended.finished;
        return finished.status == 0 && !finished.timed_out && !finished.output_exceeded && !finished.stopped;
    }
};

/// What specs are read with.
struct SpecContext {
    const store::Workspace& workspace;
    const std::string& scratch; ///< directory for what exists only meanwhile
    cli::Messages& messages;
};

/// Errors are the machine's; what the spec does is data.
Result<SpecRun> run_spec(const BuildConfig& recipe, const SpecPlace& place, const SpecJob& job,
                         const SpecContext& context);
/// What rpmspec -P prints in the same place: the spec with its macros expanded.
Result<std::string> expanded_spec(const BuildConfig& recipe, const SpecPlace& place, const SpecJob& job,
                                  const SpecContext& context);

/// Another program in such a place, under the same limits. home: files that it finds in its home directory, by name.
Result<SpecRun> run_in_place(const BuildConfig& recipe, const SpecPlace& place, sandbox::Job job,
                             const std::vector<std::pair<std::string, std::string>>& home, const SpecContext& context);

/// The source package that it left, if that is all; the directory was written by hostile code. Empty: not exactly one
/// file came of it.
std::string package_of(const SpecRun& run);

/// The root of the lock, made if need be; none for this machine's toolchain.
Result<std::optional<root::Root>> root_of(const BuildConfig& recipe, const std::optional<Artifact>& lock,
                                          const SpecContext& context);

} // namespace albs::build
