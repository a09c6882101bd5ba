// SPDX-License-Identifier: GPL-3.0-or-later
// Which files a source package may hold: those of the source.
#pragma once
#include <map>
#include <string>

#include "albs/manifest/manifest.hpp"
#include "albs/manifest/source_tree.hpp"
#include "rpm/package.hpp"
#include "store/store.hpp"

namespace albs::build {

struct SourceFiles {
    SourceTree tree;                            ///< empty where the source came as a source package
    std::map<std::string, std::string> digests; ///< SHA-256, by the name in a source package; empty: not known
};

/// Kind::input if the manifest or the store lacks what the source names, Kind::trust if it is another.
Result<SourceFiles> files_of(const Source& source, const Manifest& manifest, const store::Store& store);

/// Why the source package at path may not be kept: it is not of these files and what came from elsewhere by its URL, or
/// is no good package by itself. Empty: it may.
std::string fault_of(const std::string& path, const SourceFiles& files, const std::vector<PinnedFile>& pinned);

} // namespace albs::build
