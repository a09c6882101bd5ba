// SPDX-License-Identifier: GPL-3.0-or-later
// The backend mock: a configuration written from the platform as a build node of ALBS writes it, and mock(1) run with
// it, for people who have it.
#pragma once
#include "run_task.hpp"
#include "source.hpp"

namespace albs::build {

/// The configuration that tasks of arch are built with, put into the store. It stands for the root in what is
/// remembered, since mock decides later what is in it.
Result<Artifact> mock_configuration(const BuildConfig& recipe, const std::string& arch,
                                    const store::Workspace& workspace);

/// One run of mock --rebuild. Kind::environment if there is no mock.
Result<TaskResult> attempt_in_mock(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context);

} // namespace albs::build
