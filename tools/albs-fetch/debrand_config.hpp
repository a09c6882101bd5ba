// SPDX-License-Identifier: GPL-3.0-or-later
// config.yaml of a debranding, as AlmaLinux's autopatch has it.
#pragma once
#include "debrand_edit.hpp"

namespace albs::fetch {

/// What counts for all actions of a configuration.
struct Parameters {
    bool marks = true;         ///< comments stand over what is added
    std::string target_branch; ///< empty: that of the configuration's own branch
    std::string tag_prefix;
    std::string el_version;       ///< what %rhel is; empty: as the ref says
    bool has_raw_version = false; ///< in the changelog, macros are not expanded
    bool has_raw_release = false;
};

struct ReadActions {
    Parameters parameters;
    std::vector<Action> actions; ///< the entries of all actions in the order in which they are done
};

/// file is for messages. Kind::input, with file and line, for an action or a key that is not known.
Result<ReadActions> read_actions(const std::string& text, const std::string& file);

/// fail(), with the place of the action in the configuration before it.
Status told_of(const Action& action, const std::string& file, Status done);

} // namespace albs::fetch
