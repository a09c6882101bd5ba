// SPDX-License-Identifier: GPL-3.0-or-later
// Which modules of a manifest are built.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "plan.hpp"

namespace albs::build {

/// "module 'NAME:STREAM'"
std::string name_of(const Module& module);

/// Those of which one of these tasks builds a component. Kind::input for two of one stream, a source that is to be
/// built as two components, and one that is not there; Kind::usage where there are no roots to build a module in.
Result<std::vector<const Module*>> wanted_modules(const Manifest& manifest, const std::vector<PlannedTask>& tasks,
                                                  const BuildConfig& recipe);

} // namespace albs::build
