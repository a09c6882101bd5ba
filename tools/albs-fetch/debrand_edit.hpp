// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of a debranding on the lines of one file: what AlmaLinux's autopatch does, without running anything. Each
// is Kind::input, with the lines as they were or not, when it finds nothing to do.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::fetch {

/// A member can have newlines of its own until the file is written.
using Lines = std::vector<std::string>;

/// One entry of the configuration; which members count depends on the action.
struct Action {
    std::string action;   ///< "replace", "delete_line"…
    std::size_t line = 0; ///< in the configuration
    std::string target = "spec";
    Lines find = {};         ///< one line, or a block
    Lines replacement = {};  ///< empty: takes away
    bool is_regular = false; ///< find is a regular expression
    std::int64_t count = -1; ///< -1: all
    Lines texts = {};        ///< to delete, or of a changelog entry
    std::string suffix = {};
    bool counts_tags = false; ///< the number at the end of suffix is the first one
    std::string person = {};
    std::string email = {};
    std::string file = {};         ///< in files/ of the configuration
    std::string script = {};       ///< in its scripts/
    bool in_configuration = false; ///< the script changes the files of the configuration
    bool is_patch = false;
    std::optional<std::int64_t> number = {};
    bool modify_spec = true;
    bool marks = true; ///< a comment stands over what is added
    bool backup = true;
    std::string section = {};
    std::string subpackage = {};
    bool at_top = false;
};

/// The lines of a text that may be one line, or several.
Lines lines_of(const std::string& text);

/// In a spec file nothing from %changelog on is touched, nor comments, unless a comment is looked for.
Status replace(Lines& lines, const Action& action, bool is_spec);
Status delete_block(Lines& lines, const std::string& block, bool is_spec);
Status modify_release(Lines& lines, const std::string& suffix);
/// Whether rpmautospec writes the changelog: then nothing is added to it.
bool has_auto_changelog(const Lines& lines);
/// On the day of time, or of the newest entry where that is later or there is no time: rpm wants them in order.
Status add_changelog(Lines& lines, const Action& action, const std::string& evr, std::optional<std::int64_t> time);
Status add_to_section(Lines& lines, const Action& action);
/// What applies the patches of a spec file.
struct PatchSeries {
    bool is_kernel = false;  ///< its own ApplyPatch
    bool has_a_file = false; ///< lines is a file of Patch lines, which something else applies
};
Status add_to_spec(Lines& lines, const Action& action, const PatchSeries& series);

} // namespace albs::fetch
