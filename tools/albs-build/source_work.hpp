// SPDX-License-Identifier: GPL-3.0-or-later
// What the functions that make one source package share.
#pragma once
#include "autospec.hpp"
#include "source_files.hpp"
#include "source_package.hpp"

namespace albs::build {

/// One source on one platform, and where that is.
struct SourcePackages::Work {
    const BuildConfig& recipe;
    const PlannedTask& planned;
    SpecPlace place;
    SourceFiles files;                          ///< what the package may hold
    std::optional<AutospecPlace> autospec = {}; ///< the spec is to be processed by it first
};

} // namespace albs::build
