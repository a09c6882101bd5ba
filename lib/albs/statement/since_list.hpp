// SPDX-License-Identifier: GPL-3.0-or-later
// What a log says of statuses, without reading all of it: its latest list, and the statements behind that.
#pragma once
#include <functional>

#include "albs/log/policy.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/status_list.hpp"

namespace albs {

/// Looks from the end of the log for a list of statuses whose signer the policy accepts for that kind. Calls BEGIN with
/// it and VISIT for each statement that it does not cover, in the order of the log. Where there is no such list in the
/// last 64 bundles, VISIT gets every statement of the log, and BEGIN is not called. Returns how many statements are
/// withheld: of those that were read, and of those that the list's maker could not read.
///
/// A list of another tree, or that claims more entries than came before it, is passed over. Kind::trust when the
/// signature of a list does not hold; other errors are those of for_each_statement().
Result<std::uint64_t> for_each_since_list(LogView& log, const Policy& policy,
                                          const std::function<Status(const StatusList&)>& begin,
                                          const std::function<Status(const LoggedStatement&)>& visit);

/// Whoever takes something back is heard; not everybody may give it back.
bool is_heard(const ListedChange& one, const Policy& policy);

} // namespace albs
