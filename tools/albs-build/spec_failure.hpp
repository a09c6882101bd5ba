// SPDX-License-Identifier: GPL-3.0-or-later
// Why there is no source package, as a record.
#pragma once
#include "run_spec.hpp"
#include "source_package.hpp"

namespace albs::build {

/// In the phase srpm.
Reason spec_reason(std::string kind, std::string message);
/// The run's log, for people, in the store, and its first error or the limit that ended it.
Result<SourceOutcome> spec_failure(const SpecRun& run, const std::string& source, store::Workspace& workspace);

} // namespace albs::build
