// SPDX-License-Identifier: GPL-3.0-or-later
// What the provenance of a build says of source trees that were changed on the way.
#pragma once
#include "albs/json/value.hpp"
#include "albs/manifest/records.hpp"

namespace albs {

/// The transformations of the source, then those of the task, as members of SLSA's internalParameters: [{"kind",
/// "input", "output", "by", "program", "buildroot"}, …], without those that are null. An empty list: there were none.
Json transformations_of(const Source* source, const Task& task);

/// Their inputs and what told how, as resource descriptors of SLSA's resolvedDependencies, appended to the list:
/// "source tree before debrand", "what told debrand how", "source tree after rpmautospec", "buildroot lock of
/// rpmautospec"; not what the task names otherwise. Nothing is said twice.
void add_transformed(Json& dependencies, const Source* source, const Task& task);

} // namespace albs
