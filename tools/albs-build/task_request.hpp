// SPDX-License-Identifier: GPL-3.0-or-later
// A manifest with one task that is yet to be built: what a worker is given.
#pragma once
#include <functional>
#include <string_view>

#include "albs/manifest/manifest.hpp"
#include "plan.hpp"
#include "store/store.hpp"

namespace albs::build {

/// The task with all that is known of it before it is built (status skipped, kind planned), its source, and the
/// artifacts that it names. Each of these is in the store.
Result<Manifest> request_of(const BuildConfig& recipe, const PlannedTask& planned, store::Store& store);

/// Calls take with each object that a worker needs for the request: first what the request names, then, when the lock
/// is in the store, the packages of its root. The first error ends it.
Status for_each_needed(const Manifest& request, const store::Store& store,
                       const std::function<Status(std::string_view sha256)>& take);

/// PlannedTask::rounds of what was asked for.
Result<std::string> asked_rounds(const Manifest& manifest, const store::Store& store);

/// The one task that a manifest asks for. Kind::input if there is none, or more than that.
Result<Task> asked_task(const Manifest& manifest);
/// What was asked for, with what came of it: all that an answer may say beyond the request.
Task answer_to(const Task& asked, const Task& built);

} // namespace albs::build
