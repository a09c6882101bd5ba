// SPDX-License-Identifier: GPL-3.0-or-later
// Early cutoff: a task is not built again where its root differs from that of an earlier build only in packages of this
// run that offer the same as before.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/workspace.hpp"

namespace albs::build {

/// How a lock differs from an earlier one.
struct RootChange {
    std::vector<std::string> same; ///< packages (NEVRA) that were built anew and offer the same
    /// The first thing that is not the same, for people; empty: the roots are equivalent.
    std::string change;
};

/// Compares the texts of two locks. Packages that were built are compared by what rpm::Library::read_interface() says
/// (their files have to be in the store), all others by their digests. Kind::input for what is no lock.
Result<RootChange> compare_roots(const std::string& earlier, const std::string& now, const store::Workspace& workspace);

} // namespace albs::build
