// SPDX-License-Identifier: GPL-3.0-or-later
// From argv to the chosen command.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/tool.hpp"

namespace albs::cli {

struct ParsedCommand {
    Command* command = nullptr;
    std::vector<std::string> operands;
    Json parameters; ///< options that were given and are not about this machine: {"key": ["9A1B…"]}
};

/// Fills the targets of the options. Kind::usage for anything that is not in the tables.
Result<ParsedCommand> parse(int argc, char** argv, Tool& tool, Common& common);

/// At most 80 columns; command is the tool's own job or one of its verbs.
std::string help_text(const Tool& tool, const Command& command, Common& common);
/// One line per option: VERB, NAMES, VALUE, CHOICES, HELP, separated by tabs. Feeds completions and the page test.
std::string describe(const Tool& tool, Common& common);

} // namespace albs::cli
