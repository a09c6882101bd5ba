// SPDX-License-Identifier: GPL-3.0-or-later
// Names and versions that hold the time of the build, or chance: there is no such package a second time.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs::build {

/// The spec runs code (%(…), Lua) and has a word for time or chance. Only such a spec is read twice.
bool may_move(std::string_view spec);

/// Sets another clock for the spec in the tree: a program `date` before the usual one in PATH, and for Lua a first line
/// that changes os.time and os.date. What to add to the environment. Errors are the machine's.
Result<std::vector<std::string>> other_clock(const std::string& tree, const std::string& spec);

/// What is not the same in what the spec came to by two clocks; empty: nothing is.
std::string moved(const RpmInfo& first, const RpmInfo& second);

} // namespace albs::build
