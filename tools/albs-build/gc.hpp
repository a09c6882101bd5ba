// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build gc: removes roots that nobody has used for a while, or that there is no room for, and what was downloaded
// for them.
#pragma once
#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::build {

/// The document is a report, {"schema":"albs.gc/1","roots":[{"lock","size","base","used","removed","reason"}…],
/// "packages":{"count","size","removed","freed"},"metadata":[{"name","size","used","removed"}…],
/// "store":{"count","size","unneeded","unneeded_size","removed","freed"}}; no store without manifests to keep. A root
/// in use stays, whatever else is said of it, and so do the packages of roots that stay.
Result<cli::Outcome> collect_garbage(const GcOptions& options, cli::Context& context);

} // namespace albs::build
