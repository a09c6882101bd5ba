// SPDX-License-Identifier: GPL-3.0-or-later
// Lines at the end of what the terminal on stderr shows, which are drawn anew in their place.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace albs::sys {

/// stderr is a terminal whose cursor can be moved: TERM is set, and not dumb.
bool stderr_takes_lines();
/// How many lines the terminal can show beside one of what was written before.
std::size_t room_for_lines();
/// Draws the lines in the place of those that are shown; none: removes them. What is wider than the terminal is cut;
/// of too many lines the last ones are shown.
void show_lines(const std::vector<std::string>& lines);
/// Writes whole lines to stderr, above those that are shown. Nothing can be reported if stderr is closed or full.
void write_above_lines(std::string_view text);
/// Removes them for good: nothing is shown after this. For the signal thread.
void remove_lines_for_good();

} // namespace albs::sys
