// SPDX-License-Identifier: GPL-3.0-or-later
// The source package of a task, and what its header says about where it can be built.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "plan.hpp"
#include "rpm/package.hpp"

namespace albs::build {

struct SourcePackage {
    std::string path; ///< in the store; its bytes were checked
    rpm::Package package;
};

/// Kind::input if the manifest or the store lacks it, Kind::trust if it is another.
Result<SourcePackage> read_source(const PlannedTask& planned, const Manifest& manifest, const store::Store& store);
/// What ExcludeArch and ExclusiveArch say against this architecture; empty if nothing.
std::string not_for(const rpm::Package& package, const std::string& arch);
/// The BuildRequires, as a solver reads them: "gcc >= 12", "(a or b)".
std::vector<std::string> build_needs(const rpm::Package& package);

} // namespace albs::build
