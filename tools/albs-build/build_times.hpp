// SPDX-License-Identifier: GPL-3.0-or-later
// How long packages took to build in this workspace.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "albs/manifest/records.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// What a later version of the same package is remembered by: its name, its platform and its architecture.
std::string time_key(const std::string& source_name, const std::string& platform, const std::string& arch);

/// Milliseconds; none for what was not built here yet.
std::optional<std::int64_t> remembered_time(const store::Workspace& workspace, const std::string& key);
/// Of a build that succeeded and was measured; others take other times.
void remember_time(const store::Workspace& workspace, const std::string& key, const Task& task);

} // namespace albs::build
