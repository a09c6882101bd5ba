// SPDX-License-Identifier: GPL-3.0-or-later
// Source packages of components that are made in a root with packages of components before them: those after one with
// srpm-buildroot, whose module has the profile srpm-buildroot.
#pragma once
#include <memory>

#include "make_task.hpp"

namespace albs::build {

/// Why such a component is not to be built: one before it was not. Empty: it can be, or is none of these.
std::string lacks_before(const Work& work, const ModulePlace& place, const PlannedTask& planned);

/// The recipe, with roots that are solved from what was built of the components before, too.
Result<std::shared_ptr<const BuildConfig>> with_built_before(const Work& work, const BuildConfig& recipe,
                                                             const ComponentPlan& component);

} // namespace albs::build
