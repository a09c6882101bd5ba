// SPDX-License-Identifier: GPL-3.0-or-later
// Findings are remembered in the workspace, so that a second run over the same packages says the same without work.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/workspace.hpp"
#include "tested_package.hpp"

namespace albs::test {

/// Null if nothing (or nothing readable) is remembered under the key.
std::optional<std::vector<Finding>> recall(const store::Workspace& workspace, const std::string& key);
/// Those that do not say when they were done were done now.
Status remember(const store::Workspace& workspace, const std::string& key, std::vector<Finding>& findings);

} // namespace albs::test
