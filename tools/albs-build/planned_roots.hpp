// SPDX-License-Identifier: GPL-3.0-or-later
// The roots of a plan, as its document has them.
#pragma once
#include <set>
#include <string>

#include "albs/buildroot/lock.hpp"
#include "albs/json/value.hpp"
#include "root/solver.hpp"

namespace albs::build {

class PlannedRoots {
public:
    /// workspace: its directory, which may have packages already.
    explicit PlannedRoots(std::string workspace) : workspace_(std::move(workspace)) {}
    /// The id of the root: the SHA-256 of its packages. A root that is there already is not added again.
    std::string add(const std::string& platform, const std::string& arch, const root::Solved& solved);
    /// A root that a lock names; how much it takes when installed is not known.
    std::string add(const std::string& platform, const buildroot::Lock& lock);
    Json take() { return std::move(list_); }

private:
    std::string add(Json root);

    std::string workspace_;
    std::set<std::string> known_;
    Json list_ = Json::array();
};

} // namespace albs::build
