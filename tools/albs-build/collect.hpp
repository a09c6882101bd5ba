// SPDX-License-Identifier: GPL-3.0-or-later
// What a build left behind, taken over into the store.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "source.hpp"
#include "store/store.hpp"

namespace albs::build {

struct Collection {
    std::vector<Artifact> artifacts; ///< binary packages by name
    std::optional<Reason> refusal;   ///< why these are not the packages of one build
};

/// A package that a build is said to have made.
struct ReadPackage {
    RpmInfo info;
    std::optional<Reason> refusal; ///< why it is none of that source package's
};
/// name: that the file has among the others of the build.
Result<ReadPackage> read_built(const std::string& file, const std::string& name, const SourcePackage& source);

/// The packages below TOP/RPMS. The directory was written by hostile code: only regular files of its own are taken, no
/// link is followed, and every package must name the source package that was built.
Result<Collection> collect(const std::string& top, const SourcePackage& source, store::Store& store);

/// The packages named *.buildreqs.nosrc.rpm below TOP/SRPMS, taken with the same care.
Result<std::vector<std::string>> generated_packages(const std::string& top);

} // namespace albs::build
