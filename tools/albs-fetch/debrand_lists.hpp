// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of lookaside files that a debranding changed.
#pragma once
#include "albs/manifest/source_tree.hpp"
#include "lookaside.hpp"

namespace albs::fetch {

/// A name that a list of lookaside files has, in the root of a source tree.
bool is_list(const std::string& path);

/// Gets what the lists of `after` name and those of `before` do not, and puts it into that tree; what they do not name
/// any more, and is what it was, leaves it. The records of what was got. Errors as of get_lookaside(), and Kind::input
/// for a line that is none.
Result<std::vector<LookasideFile>> follow_lists(Session& session, const LookasidePlace& place, const Source& source,
                                                const SourceTree& before, SourceTree& after);

} // namespace albs::fetch
