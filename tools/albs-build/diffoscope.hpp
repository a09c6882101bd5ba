// SPDX-License-Identifier: GPL-3.0-or-later
// diffoscope, where it is installed: what differs in two packages, down to the bytes of the files in their files.
#pragma once
#include <optional>
#include <string>

#include "run_task.hpp"

namespace albs::build {

/// This machine has it where the sandbox sees it.
bool has_diffoscope();

/// The text of what differs between two files of the store, by their digests, in the store: its digest. Run in the
/// sandbox, without network; text, time and memory have limits, and what was written when one was met is kept. Nothing
/// when it wrote nothing.
Result<std::optional<std::string>> ask_diffoscope(const std::string& recorded, const std::string& rebuilt,
                                                  const std::string& name, const BuildContext& context);

} // namespace albs::build
