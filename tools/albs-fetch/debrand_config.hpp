// SPDX-License-Identifier: GPL-3.0-or-later
// config.yaml of a debranding, as AlmaLinux's autopatch has it.
#pragma once
#include "debrand_edit.hpp"

namespace albs::fetch {

/// The entries of all actions in the order in which they are done. file is for messages. Kind::input, with file and
/// line, for an action or a key that is not known.
Result<std::vector<Action>> read_actions(const std::string& text, const std::string& file);

/// fail(), with the place of the action in the configuration before it.
Status told_of(const Action& action, const std::string& file, Status done);

} // namespace albs::fetch
