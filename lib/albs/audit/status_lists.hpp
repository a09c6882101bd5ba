// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of statuses (statement/status_list.hpp) held against the log that they are in.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "albs/audit/bundle.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/status_list.hpp"

namespace albs {

class StatusListAuditor {
public:
    /// The statements of a bundle, in the order of the log. NODES: of the tree up to there; may be empty. What a list
    /// leaves out or adds is a problem; what it says of statements that are withheld cannot be told.
    void take(const AuditedBundle& bundle, const NodeSource& nodes, std::vector<std::string>& problems);

private:
    static std::vector<std::string> left_out(const StatusList& list, const StatusList& wanted);
    std::vector<std::string> added(const StatusList& list, const StatusList& wanted) const;
    std::vector<std::string> differences(const AuditedFacts& audited, const NodeSource& nodes) const;
    StatusCollector collector_;
    std::set<std::uint64_t> withheld_;
};

} // namespace albs
