// SPDX-License-Identifier: GPL-3.0-or-later
// A command that is given as one text, as an option has it: its words are found as a shell finds them, and nothing is
// expanded.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs {

/// White space separates words. '…' is taken as it is; in "…" a backslash quotes the next of $ ` " \ and newline;
/// elsewhere it quotes any letter (POSIX.1-2017, Shell Command Language 2.2). Kind::usage for a quote that is not
/// closed, and for a text without words.
Result<std::vector<std::string>> command_words(std::string_view text);

} // namespace albs
