// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that outlived the program that started them.
#pragma once
#include <string>

namespace albs::sys {

/// Kills the processes that have the directory, or something below it, as an argument: bubblewrap waits
/// for its ids before it asks to die with who started it, and waits for ever if that was killed meanwhile. Their
/// user may be one of the subordinate ids. For a directory of a program that is gone.
void kill_processes_of(const std::string& directory);

} // namespace albs::sys
