// SPDX-License-Identifier: GPL-3.0-or-later
// What is in force is not what was asked for but what the first process inside sees. It looks, reports, and becomes
// the command.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/namespaces.hpp"
#include "sandbox/sandbox.hpp"

namespace albs::sandbox {

/// The words to put before the command: a fixed program for the inside's /bin/sh that writes its report on descriptor
/// 3, closes it, and executes the command. The command's words are arguments of it and never part of its text.
///
/// waits: it reports its isolation, waits for a line on descriptor 4, and then its limits too: those of itself, and
/// of the control groups whose directories are descriptors 5 (memory) and 6 (processes), if it finds itself in them.
/// emulation: that of the job; with one, it reports what uname(2) says.
std::vector<std::string> observer(bool waits = false, const Emulation& emulation = {});
/// The namespace of process ids ("pid:[4026532281]") of a report that has come so far; empty while it has not.
std::string pid_namespace_in(std::string_view report);

/// The report read. Kind::environment if it is not complete, because the command was never reached, or if a protection
/// that the job asked for is missing. users: the namespace that the command has to be in.
Result<Json> observed(std::string_view report, const Job& job, const UserNamespace& users);

} // namespace albs::sandbox
