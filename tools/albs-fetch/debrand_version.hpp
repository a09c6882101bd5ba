// SPDX-License-Identifier: GPL-3.0-or-later
// Epoch, version and release of a spec file, for an entry of its changelog.
#pragma once
#include <cstdint>
#include <string>

#include "albs/manifest/source_tree.hpp"
#include "debrand_config.hpp"
#include "session.hpp"

namespace albs::fetch {

/// What is recorded as having expanded them.
inline constexpr const char* version_program = "rpmspec";

struct SpecVersion {
    std::string epoch; ///< empty: none
    std::string version;
    std::string release;
};

/// "2:1.0-4"
std::string evr_of(const SpecVersion& version);
/// As the lines have them: the last word of the first line of each.
SpecVersion written_version(const Lines& lines);
/// Whether they are what they are written as: no macro but %{?dist}, of which the changelog has none, and no condition
/// around them.
bool is_written_plainly(const Lines& lines);
/// Without %{?dist}.
std::string without_dist(std::string text);

/// What rpmspec makes of them, in the sandbox with the macros of this machine, with no %dist and that %rhel. spec is a
/// file of the tree. Kind::input if it cannot; Kind::environment where there is no rpmspec, or no sandbox.
Result<SpecVersion> expanded_version(Session& session, const SourceTree& tree, const std::string& spec,
                                     const std::string& el_version);

/// "9" of the branches and tags c9, a9s, c9-beta and imports/c9/NVR, as of all that AlmaLinux has; "8" of others.
std::string el_version_of(std::string_view ref);

} // namespace albs::fetch
