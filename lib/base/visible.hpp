// SPDX-License-Identifier: GPL-3.0-or-later
// Text of others in lines for people. A newline in a name would make a line that nobody wrote, and marks of direction
// change the order in which a line is read.
#pragma once
#include <string>
#include <string_view>

namespace albs {

/// UTF-8 of which people see every character: no control characters (Unicode's category Cc), none without a shape (Cf,
/// marks of direction among them, and the like), no line or paragraph separators, nothing for private use.
bool is_visible(std::string_view text);
/// The text with every other character, and every byte that is no UTF-8, as git writes it in odd paths: \n, \t, \033.
/// Visible text stays as it is.
std::string escape_hidden(std::string_view text);

} // namespace albs
