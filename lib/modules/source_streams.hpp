// SPDX-License-Identifier: GPL-3.0-or-later
// The streams of a module template as objects of libmodulemd.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "modules/handles.hpp"

namespace albs::modules {

struct SourceStreams {
    std::vector<Held<ModulemdModuleStreamV2>> all; ///< at least one
    bool have_contexts = false;                    ///< each is of a configuration that says its context
};

/// One for each configuration of modulemd-packager v3, else one. Kind::input for what libmodulemd refuses.
Result<SourceStreams> source_streams(const std::string& text, const std::string& name, const std::string& stream);

} // namespace albs::modules
