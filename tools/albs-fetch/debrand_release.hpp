// SPDX-License-Identifier: GPL-3.0-or-later
// The next number of a package's release, by the tags of its repository: imports/c9/NVR is what came from upstream,
// changed/a9/NVR.alma.1 what was made of it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "debrand_config.hpp"

namespace albs::fetch {

struct ImportTags {
    std::string import; ///< of the commit, or of the nearest one before it; empty: there is none
    std::vector<std::string> all;
};

/// The suffixes of the actions that count, each with one more than the highest number that a tag has behind it, or as
/// it is written where there is no such tag. Kind::input, with the line in the file, if the tags do not say of what the
/// release is.
Result<std::vector<std::string>> count_releases(const ReadActions& read, const std::string& file,
                                                const std::optional<ImportTags>& tags);

} // namespace albs::fetch
