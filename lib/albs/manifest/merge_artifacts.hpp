// SPDX-License-Identifier: GPL-3.0-or-later
// Two records of one content: an image that is published under two names, two empty files, a package that one run knew
// as a file only and another as the package that it is.
#pragma once
#include <optional>

#include "albs/json/value.hpp"

namespace albs {

/// Merges MORE, a member of another record of the same bytes, into the artifact, and says whether that is news. A name
/// joins the names that it has; kind "file" and a member that is null give way to what the other record says. nullopt:
/// it is no such member, and the two must say the same.
std::optional<bool> merge_artifact_member(Json& artifact, const Json::Member& more);

} // namespace albs
