// SPDX-License-Identifier: GPL-3.0-or-later
// What a view has beside /usr: the empty directories of a new machine, its users, and the little of /etc that programs
// of /usr cannot do without.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sandbox/step.hpp"

namespace albs::sandbox {

/// The steps that make it below root, which has /usr already.
Result<std::vector<Step>> view_files(const std::string& root);

} // namespace albs::sandbox
