// SPDX-License-Identifier: GPL-3.0-or-later
// Which tasks a manifest asks for, before anything is built.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest.hpp"
#include "options.hpp"
#include "platform/platform.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// One source for one architecture.
struct Planned {
    std::string id; ///< "SOURCE/PLATFORM/ARCH"
    Source source;
    std::string arch;
    bool verified = false; ///< the ledger holds the source
    std::string refusal;   ///< why it is not built although it was asked for; empty: it is
};

/// Everything that is the same for all tasks of one run.
struct Recipe {
    platform::Platform platform;
    std::vector<std::string> arches;
    std::vector<std::string> words; ///< of rpmbuild: --with, --without, --define
    std::int64_t timeout_ms = 0;
    std::optional<Artifact> lock; ///< what is installed where it is built
    /// All of the above as text: two runs with the same text, source and architecture do the same.
    std::string fingerprint() const;
};

Result<Recipe> read_recipe(const Options& options);
/// Puts the lock into the store and the recipe; before anything is built.
Status lock(Recipe& recipe, const store::Workspace& workspace);

/// Every source of the manifest for every architecture, in the manifest's order, without the tasks that it has already.
/// log_key is a file; empty: no source counts as verified. A source whose notarization does not hold is Kind::trust.
Result<std::vector<Planned>> plan(const Recipe& recipe, const Manifest& manifest, const std::string& log_key,
                                  bool require_notarized);

} // namespace albs::build
