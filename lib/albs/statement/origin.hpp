// SPDX-License-Identifier: GPL-3.0-or-later
// What something was made from, as statements of the log say: the file before it was signed, the source of a build, the
// commit of a source. A revocation reaches what was made from what it is about.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs {

/// Both are a digest in hex, or "source KEY" for a source, which statements about builds name by its key.
struct Origin {
    std::string made;
    std::string from;
};
/// What the statement says; none for a statement of another kind.
std::vector<Origin> stated_origins(const Json& statement);

/// What a statement somewhere says was made from NODE, in one step.
using MadeFrom = std::function<Result<std::vector<std::string>>(const std::string& node)>;
/// All that was made from NODE, in any number of steps, without itself. KNOWN: nodes of that kind; what was made from
/// them is asked for too.
Result<std::set<std::string>> all_made_from(const std::string& node, const MadeFrom& made_from,
                                            std::set<std::string> known = {});

} // namespace albs
