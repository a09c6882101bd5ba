// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan says of module streams.
#pragma once
#include <vector>

#include "parts.hpp"

namespace albs::build {

/// The id of the module that a task builds a component of; null: none.
Json module_of(const QueuedTask& queued);

/// Adds tasks of later stages: what they need is known when their source packages are made, which is in later waves.
Json planned_later(const std::vector<Part>& parts, Json tasks);

/// All modules: what they are built as, with which streams, and their components in order.
Json planned_modules(const std::vector<Part>& parts);

} // namespace albs::build
