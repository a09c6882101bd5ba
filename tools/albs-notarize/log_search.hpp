// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a whole log through for a digest. There is no shorter way that proves anything: an index can leave out.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "albs/json.hpp"
#include "albs/log_view.hpp"

namespace albs::notarize {

struct Found {
    std::uint64_t index = 0;
    Json statement;
};
/// Every statement with that subject, in the order of the log, each checked against its leaf in the tree.
Result<std::vector<Found>> find_statements(LogView& log, const std::string& digest);

/// A later word on something that was recorded: revoked, superseded, or valid again.
struct StatusChange {
    std::uint64_t index = 0;
    std::string status;
    std::string reason;
};
/// The change that a statement tells; nothing when it is of another kind.
std::optional<StatusChange> status_of(const Json& statement);
/// The last word on every digest that has one. Reads every statement of the log once.
Result<std::map<std::string, StatusChange>> status_changes(LogView& log);

} // namespace albs::notarize
