// SPDX-License-Identifier: GPL-3.0-or-later
// Which tasks a manifest asks for, before anything is built.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "recipe.hpp"
#include "variation.hpp"
#include "sandbox/sandbox.hpp"
#include "source.hpp"

namespace albs::build {

/// One source for one architecture.
struct PlannedTask {
    std::string id; ///< "SOURCE/PLATFORM/ARCH"
    Source source;
    std::string arch;
    bool verified = false; ///< the ledger holds the source
    std::string refusal;   ///< why it is not built although it was asked for; empty: it is
    /// What is installed where it is built, once that is known.
    std::optional<Artifact> lock = {};
    /// What its root is to have beside what the platform installs, once that is known: SpecReading::needs.
    std::vector<std::string> needs = {};
    std::optional<SourcePackage> package = {}; ///< that is built, once it is made
    std::string rounds = {}; ///< what its log says of rounds that others built before, lines
    std::vector<PinnedFile> pinned = {};       ///< what a spec names by URL, as an earlier run got it
    /// What its module wants in the root of its source package, beside what the platform installs.
    std::vector<std::string> installed_for_package = {};
};

/// Everything that is the same for all tasks of one run.
struct BuildConfig : Recipe {
    std::int64_t timeout_ms = 0;
    bool network = false;
    sandbox::Limits limits; ///< but for the time
    /// Solves and fetches: the text of a lock of a root for that architecture that has what is needed. Safe to call
    /// from several threads; empty where nothing is built.
    std::function<Result<std::string>(const platform::Platform&, const std::string& arch,
                                      const std::vector<std::string>& needs)>
        solve = {};
    std::optional<Artifact> definition = {}; ///< the platform's record; none where nothing may be written
    std::string lock; ///< text of --lock; empty: none was given
    std::string base_lock; ///< text of the lock that source packages are made in; empty: it is solved
    std::string autospec_lock; ///< text of the lock that rpmautospec runs in; empty: it is found out
    /// It is built for another run: that is told what the spec asks for beyond the lock, and tries again what this
    /// machine could not do.
    bool is_for_others = false;
    Variation varied = {}; ///< of reproduce
    /// All of the above as text: two runs with the same text, lock, source and architecture do the same.
    std::string fingerprint() const;
};

/// workspace: as for read_recipe().
Result<BuildConfig> read_build_config(BuildOptions options, store::Workspace* workspace);
/// The text of a lock, put into the store; name is without what all locks' names end with.
Result<Artifact> stored_lock(const store::Workspace& workspace, std::string_view text, const std::string& name);
/// The lock of this machine's toolchain, put into the store; before anything is built.
Result<Artifact> lock_of_host(const BuildConfig& recipe, const store::Workspace& workspace);
/// The lock of a root that has what the platform installs and what is needed ("gcc >= 12", "(a or b)") for arch, put
/// into the store. Kind::input if there is none: the message says why.
Result<Artifact> lock_of_root(const BuildConfig& recipe, const std::string& arch, const std::vector<std::string>& needs,
                              const store::Workspace& workspace);

/// Every source of the manifest for every architecture, in the manifest's order, without the tasks that it has already;
/// RETRY: but for those that failed. A source whose notarization does not hold is Kind::trust; without a key no source
/// counts as verified.
Result<std::vector<PlannedTask>> plan(const Recipe& recipe, const Manifest& manifest, const SourceOptions& options,
                                      bool retry, const cli::Context& context);

/// Its packages were asked for and are not there. One that is not for this architecture is none.
bool is_missing(const Task& task);

} // namespace albs::build
