// SPDX-License-Identifier: GPL-3.0-or-later
// A plan for people: as text, and as a drawing.
#pragma once
#include <string>

#include "albs/json/value.hpp"

namespace albs::build {

/// Of a document albs.build-plan/1: a line a task, wave by wave.
std::string plan_text(const Json& document);
/// The same as a directed graph in the language of dot(1): an arrow from what is built first.
std::string plan_dot(const Json& document);

} // namespace albs::build
