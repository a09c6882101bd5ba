// SPDX-License-Identifier: GPL-3.0-or-later
// Which configuration a package is debranded by, with the files that it needs, all in the store.
#pragma once
#include <optional>

#include "albs/manifest/source_tree.hpp"
#include "debrand_config.hpp"
#include "request.hpp"
#include "session.hpp"

namespace albs::fetch {

struct Configuration {
    std::string shown; ///< where it is, for messages
    ReadActions read;
    /// config.yaml, what it adds from files/, what it runs from scripts/; if a script changes the files of the
    /// configuration, all of these. And release_suffixes, where releases are counted.
    SourceTree files;
};

/// The suffixes of releases that were counted, one a line, in the order of their actions.
inline constexpr const char* release_suffixes = "release-suffixes";

/// Of --debrand DIR: DIR/NAME/config.yaml or, with --debrand-branch, the config*.yaml that names the branch as its
/// custom_target_branch. Nothing, where there is no such directory or it has no config*.yaml.
Result<std::optional<Configuration>> given_configuration(Session& session, const std::string& name);
/// That of a record, from the store. Nothing, if the source was not debranded.
Result<std::optional<Configuration>> recorded_configuration(const Session& session, const Source& source);

/// The suffixes that the store knows of a record; nothing, if it does not have them.
Result<std::optional<std::vector<std::string>>> recorded_suffixes(const Session& session, const Source& source);
bool counts_releases(const Configuration& configuration);
/// Puts the suffixes into the actions that count, and into the files. Kind::input if there are not as many.
Status take_suffixes(store::Store& store, const std::vector<std::string>& suffixes, Configuration& configuration);

} // namespace albs::fetch
