// SPDX-License-Identifier: GPL-3.0-or-later
// The part of an audit that only the log's own machine can do: the private state beside it.
#pragma once
#include <string>
#include <vector>

#include "albs/log/merkle.hpp"
#include "albs/log/policy.hpp"

namespace albs {

struct StateAudit {
    std::vector<std::string> problems;
    std::vector<std::string> missing; ///< files that every ledger has
};
/// What is wrong with DIRECTORY/.state; nothing when there is none or it cannot be read. nodes: of the log's tree, to
/// compare roots with; may be empty.
StateAudit audit_state(const std::string& directory, const Policy& policy, std::uint64_t size, const NodeSource& nodes);

} // namespace albs
