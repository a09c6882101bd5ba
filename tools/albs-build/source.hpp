// SPDX-License-Identifier: GPL-3.0-or-later
// The source package of a task, and what its spec says about where and with what it can be built.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "rpm/package.hpp"
#include "store/store.hpp"

namespace albs::build {

struct SourcePackage {
    Artifact artifact;
    std::string path; ///< in the store; its bytes were checked
    rpm::Package package;
    std::int64_t time = 0;                       ///< SOURCE_DATE_EPOCH of its making and of builds
    std::optional<Artifact> buildroot;           ///< lock of the root it was made in; none: it came as it is, or mock's
    std::vector<PinnedFile> pinned;              ///< files that came from where the spec says, without a digest
    std::vector<Transformation> transformations; ///< of the source's tree, in their order
    std::vector<Artifact> made_of;               ///< what these name beyond the source's own artifacts
};

/// Of a package in the store. Kind::input if the store lacks it or it is none, Kind::trust if it is another.
Result<SourcePackage> stored_package(const store::Store& store, const std::string& sha256);

/// What a spec says for one architecture, with the macros of one root.
struct SpecReading {
    std::vector<std::string> needs; ///< BuildRequires, as a solver reads them: "gcc >= 12", "(a or b)"
    std::vector<std::string> excluded_arches;
    std::vector<std::string> exclusive_arches;
};
/// Of the header of a source package that was made for that architecture there.
SpecReading reading_of(const rpm::Package& package);
/// What ExcludeArch and ExclusiveArch say against this architecture; empty if nothing.
std::string not_for(const SpecReading& spec, const std::string& arch);

} // namespace albs::build
