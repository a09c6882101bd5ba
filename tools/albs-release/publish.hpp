// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the next generation of a tree beside the current one, verifies what it wrote, and switches.
//
// Files that do not change are hard links to the generation before; repositories that do not change keep their metadata
// and signatures byte for byte.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "cli/tool.hpp"
#include "keys.hpp"
#include "options.hpp"
#include "tree.hpp"

namespace albs::release {

struct Addition {
    std::string file;     ///< where its bytes are now
    std::string location; ///< in the repository
    std::string sha256;
    std::int64_t build_time = 0; ///< seconds since 1970
};

/// What happens to one repository, and what its release record says.
struct Change {
    std::vector<Addition> add;                       ///< packages that are not there yet
    std::map<std::string, std::string> replace = {}; ///< SHA-256 of files that go, and of those that come for them
    std::optional<std::string> updateinfo;           ///< the new XML; nothing: as it was
    std::optional<std::string> notarizations;        ///< the new JSON; nothing: as it was
    std::int64_t newest = 0;               ///< latest time of what changes besides packages, seconds since 1970
    std::vector<ReleasedPackage> packages; ///< what the record is about, those that were there included
    std::vector<std::string> errata;       ///< ids of advisories
    std::vector<std::string> waivers;      ///< "NEVRA: GATE: what was refused"
    std::set<std::string> waived_for;      ///< the reasons that --waive gave
    bool empty() const { return add.empty() && !updateinfo && !notarizations; }
};
using Changes = std::map<std::string, Change>; ///< by name of the repository

/// What publishing takes of the command line.
struct PublishOptions {
    SiteOptions site;
    std::int64_t keep; ///< generations
};

/// Publishes the changes and returns one release record for each of them. Changes that are all empty publish nothing:
/// the records are those that the tree's history holds. Hold the generations' lock.
Result<std::vector<Json>> publish(const PublishOptions& options, cli::Context& context, const Keys& keys,
                                  repo::Generations& generations, const Tree& tree, Changes changes);

} // namespace albs::release
