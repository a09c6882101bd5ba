// SPDX-License-Identifier: GPL-3.0-or-later
// Package files: read once, for both digests and the header.
#pragma once
#include <string>
#include <vector>

#include "albs/sbom/graph.hpp"
#include "cli/tool.hpp"

namespace albs::sbom {

/// A package file as it lies there, damaged or not. Kind::input when it is no RPM.
Result<Package> examine(const std::string& path);
/// Many, in parallel, in their order.
Result<std::vector<Package>> examine_all(cli::Context& context, const std::vector<std::string>& paths);

/// Whether a file begins as RPM packages do.
bool is_rpm(const std::string& path);
/// Every *.rpm below a directory, sorted.
Result<std::vector<std::string>> packages_below(const std::string& directory);

/// Whether there is a store to read. Reading makes none.
bool has_store(const cli::Context& context);
/// What is known of an artifact of the manifest: its header if the workspace's store holds the file. A file that is not
/// what the manifest says is Kind::trust.
Result<Package> from_store(cli::Context& context, const Artifact& artifact);

/// rpm's comparison of versions, for dependencies.
bool satisfies(const Capability& provides, const Capability& needs);

} // namespace albs::sbom
