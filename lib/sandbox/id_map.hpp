// SPDX-License-Identifier: GPL-3.0-or-later
// Which users exist in a user namespace: as many as this user may have, so that files can belong to whom they should.
#pragma once
#include "base/result.hpp"

namespace albs::sandbox {

/// Maps ids of the namespace that the process made. As root: all ids, as they are. As a plain user: root is this user,
/// and 1 and up are the subordinate ids that subuid(5) and subgid(5) grant, through newuidmap(1); without such, root
/// alone. True if there is more than root.
Result<bool> map_ids(int process);

} // namespace albs::sandbox
