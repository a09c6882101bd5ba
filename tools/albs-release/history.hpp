// SPDX-License-Identifier: GPL-3.0-or-later
// DIR/release.json: what the tree is called, which generation it replaced, and every release record that led to it.
//
// It is signed as the metadata is. A release that is run again finds its own record here and repeats it, so that a run
// that was killed after the switch gives the manifest that it would have given.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs::release {

struct History {
    static constexpr std::string_view schema = "albs.releases/1";
    std::string name;
    std::string baseurl;
    std::optional<std::int64_t> replaces; ///< number of the generation that was served before this one
    std::vector<Json> releases;           ///< Release records, the oldest first

    static Result<History> parse(std::string_view text);
    std::string text() const;
    /// The latest record of that repository that holds all these packages and advisories; null if there is none.
    const Json* find(std::string_view repository, const std::set<std::string>& packages,
                     const std::set<std::string>& errata) const;
};

/// Revisions that were served and taken back, by repository. They are not used again: a record's id names one content.
using Revisions = std::map<std::string, std::int64_t>;
/// A missing file holds none.
Result<Revisions> read_revisions(const std::string& path);
Status write_revisions(const std::string& path, const Revisions& revisions);

} // namespace albs::release
