// SPDX-License-Identifier: GPL-3.0-or-later
// What is in force is not what was asked for but what the first process inside sees. It looks, reports, and becomes
// the command.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace albs::sandbox {

/// The words to put before the command: a fixed program for the inside's /bin/sh that writes its report on descriptor
/// 3, closes it, and executes the command. The command's words are arguments of it and never part of its text.
std::vector<std::string> observer();

/// The report read. Kind::environment if it is not complete, that is if the command was never reached, or if a wall
/// that the job asked for does not stand.
Result<Json> observed(std::string_view report, const Job& job);

} // namespace albs::sandbox
