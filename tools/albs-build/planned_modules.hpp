// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan says of module streams.
#pragma once
#include <vector>

#include "parts.hpp"

namespace albs::build {

/// The id of the module that a task builds a component of; null: none.
Json module_of(const QueuedTask& queued);

/// All modules: what they are built as, with which streams, and their components in order.
Json planned_modules(const std::vector<Part>& parts);

} // namespace albs::build
