// SPDX-License-Identifier: GPL-3.0-or-later
// Regular expressions of a debranding: POSIX's extended ones, by the C library. What Python, which autopatch is written
// in, has beyond these is refused, so that nothing means something else here.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::fetch {

/// Kind::input for what is no such expression, or a replacement with a group that it does not have.
Status check_pattern(const std::string& pattern, const std::string& replacement);
/// Whether there was a match. In the replacement \1 and \g<1> are groups, \n, \t and \\ what they are for Python.
Result<bool> replace_matches(std::string& line, const std::string& pattern, const std::string& replacement,
                             bool only_first);

} // namespace albs::fetch
