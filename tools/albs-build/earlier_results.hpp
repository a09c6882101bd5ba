// SPDX-License-Identifier: GPL-3.0-or-later
// For plan: which tasks of a run have a result of an earlier run that would be taken, and which of these failed.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "queue.hpp"

namespace albs::build {

class EarlierResults {
public:
    explicit EarlierResults(root::Solver& solver) : solver_(solver) {}
    /// In an order in which they can be built. What they made is given to their groups.
    Status find(const std::vector<const QueuedTask*>& ordered);
    /// It is not built again, and is there.
    bool has(const QueuedTask& queued) const { return built_.contains(&queued); }
    /// Why it is not built again, and is not there; empty: it did not fail, or is to be built again.
    std::string failure(const QueuedTask& queued) const;

private:
    Status look_at(const QueuedTask& queued);
    root::Solver& solver_;
    std::set<const QueuedTask*> built_;
    std::map<const QueuedTask*, std::string> failed_;
};

} // namespace albs::build
